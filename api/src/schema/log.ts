// LogLine: what a run's workers wrote.
import type { Prisma } from '@bancada/prisma';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import type { Context } from '../context.ts';
import { countPage, decodeCursor, type Page, pageOf, pageSize } from './connection.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

const LogLine = builder.prismaObject('LogLine', {
  authScopes: reads,
  fields: (t) => ({
    id: t.field({ type: 'ID', resolve: ({ id }) => String(id) }),
    level: t.exposeString('level'),
    message: t.exposeString('message'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

/** GraphQL type `LogConnection`. */
export const LogConnection = builder.connectionObject(
  { type: LogLine, name: 'LogConnection', fields: (t) => ({ totalCount: t.int({ resolve: countPage }) }) },
  { name: 'LogEdge' },
);

type Row = Prisma.LogLineGetPayload<object>;

/** The lines of a run, oldest first; `level` and what is graver. */
export async function runLogs(
  { prisma }: Context,
  runId: string,
  args: {
    readonly level?: string | null | undefined;
    readonly search?: string | null | undefined;
    readonly first?: number | null | undefined;
    readonly after?: string | null | undefined;
  },
): Promise<Page<Row>> {
  const key = decodeCursor(args.after, z.tuple([z.string().regex(/^\d+$/)]));
  const where: Prisma.LogLineWhereInput = {
    runId,
    ...(args.level ? { level: { in: levels.slice(Math.max(0, levels.indexOf(args.level))) } } : {}),
    ...(args.search ? { message: { contains: args.search, mode: 'insensitive' } } : {}),
  };
  const rows = await prisma.logLine.findMany({
    where: key ? { AND: [where, { id: { gt: BigInt(key[0]) } }] } : where,
    orderBy: { id: 'asc' },
    take: pageSize(args) + 1,
  });
  return pageOf(
    rows,
    args,
    ({ id }) => [String(id)],
    () => prisma.logLine.count({ where }),
  );
}
