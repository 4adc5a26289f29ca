// runs: the list of runs, filtered and sorted.
import { type Prisma, RunStatus } from '@bancada/prisma';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { decodeCursor, nodesQuery, pageArguments, pageOf, pageSize } from './connection.ts';
import { Run } from './run.ts';
import { RunStatusEnum, SortDirection } from './run-status.ts';

const RunFilter = builder.inputType('RunFilter', {
  description: 'Which runs; what is null is not asked for.',
  fields: (t) => ({
    status: t.field({ description: 'In one of these statuses.', type: [RunStatusEnum] }),
    search: t.string({ description: 'Part of the name, whatever the case.' }),
    model: t.string({ description: 'With this model in it.' }),
    suiteId: t.id({ description: 'Of this registered suite.', validate: z.uuid().nullish() }),
  }),
});

const RunSort = builder.inputType('RunSort', {
  description: 'How to sort runs.',
  fields: (t) => ({
    field: t.field({
      description: 'By what.',
      type: builder.enumType('RunSortField', {
        description: 'What runs are sorted by.',
        values: {
          CREATED_AT: { description: 'When it was asked for.' },
          NAME: { description: 'Its name.' },
          STATUS: { description: 'Its status, in the order of `RunStatus`.' },
        } as const,
      }),
      required: true,
    }),
    direction: t.field({ description: 'Which way.', type: SortDirection, required: true }),
  }),
});

const RunConnection = builder.connectionObject({ type: Run, name: 'RunConnection' }, { name: 'RunEdge' });

const columns = { CREATED_AT: 'createdAt', NAME: 'name', STATUS: 'status' } as const;

builder.queryField('runs', (t) =>
  t.field({
    type: RunConnection,
    authScopes: reads,
    description: 'Latest first unless sorted otherwise.',
    args: {
      filter: t.arg({ description: 'Which runs; null for all.', type: RunFilter }),
      sort: t.arg({ description: 'In which order; null for the latest first.', type: RunSort }),
      ...pageArguments,
    },
    resolve: async (_root, args, context, info) => {
      const { prisma } = context;
      const { field, direction } = args.sort ?? { field: 'CREATED_AT', direction: 'DESC' };
      const column = columns[field];
      const order = direction === 'ASC' ? 'asc' : 'desc';
      const key = decodeCursor(args.after, z.tuple([cursorValues[field], z.uuid()]));
      const where = whereOf(args.filter ?? {});
      const query = nodesQuery(context, info, 'Run', { id: true, createdAt: true, name: true, status: true });
      const rows = await prisma.run.findMany({
        ...query,
        where: key ? { AND: [where, beyond(column, order, key)] } : where,
        orderBy: [{ [column]: order }, { id: order }],
        take: pageSize(args) + 1,
      });
      return pageOf(
        rows,
        args,
        (run) => [run[column], run.id],
        () => prisma.run.count({ where }),
      );
    },
  }),
);

const cursorValues = {
  CREATED_AT: z.iso.datetime(),
  NAME: z.string(),
  STATUS: z.enum(RunStatus),
};

function whereOf(filter: {
  readonly status?: readonly RunStatus[] | null | undefined;
  readonly search?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly suiteId?: string | null | undefined;
}): Prisma.RunWhereInput {
  const { status, search, model, suiteId } = filter;
  return {
    ...(status ? { status: { in: [...status] } } : {}),
    ...(search ? { name: { contains: search, mode: 'insensitive' } } : {}),
    ...(model ? { evaluations: { some: { model } } } : {}),
    ...(suiteId ? { suiteId } : {}),
  };
}

// Rows after the cursor. An enum has an order in the database but no comparison in Prisma: its later values are listed.
function beyond(
  column: (typeof columns)[keyof typeof columns],
  order: 'asc' | 'desc',
  [value, id]: readonly [string, string],
): Prisma.RunWhereInput {
  const than = order === 'asc' ? 'gt' : 'lt';
  const statuses = Object.values(RunStatus);
  const place = statuses.indexOf(value as RunStatus);
  const later =
    column === 'status'
      ? { status: { in: order === 'asc' ? statuses.slice(place + 1) : statuses.slice(0, place) } }
      : { [column]: { [than]: value } };
  return { OR: [later, { [column]: value, id: { [than]: id } }] };
}
