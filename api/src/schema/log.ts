// LogLine: what a run's workers wrote.
import type { Prisma } from '@bancada/prisma';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import type { Context } from '../context.ts';
import { decodeCursor, type Page, pageOf, pageSize } from './connection.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

const LogLine = builder.prismaObject('LogLine', {
  description: 'One line that a worker wrote about a run.',
  authScopes: reads,
  fields: (t) => ({
    id: t.field({ description: 'Counts up.', type: 'ID', resolve: ({ id }) => String(id) }),
    level: t.exposeString('level', { description: '`trace`, `debug`, `info`, `warn`, `error` or `fatal`.' }),
    message: t.exposeString('message', { description: 'The line.' }),
    createdAt: t.expose('createdAt', { description: 'When it was written.', type: 'DateTime' }),
  }),
});

/** GraphQL type `LogConnection`. */
export const LogConnection = builder.connectionObject(
  { type: LogLine, name: 'LogConnection' },
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
