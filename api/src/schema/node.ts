// node: anything with an id, whatever its type.
import { brandWithType } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import { builder, reads } from '../builder.ts';
import { isId } from './connection.ts';

// Ids are UUIDs of version 7, so one is in one table at most; each lookup is by primary key.
const tables = [
  'Run',
  'Evaluation',
  'Sample',
  'Model',
  'Dataset',
  'Task',
  'Prompt',
  'Schedule',
  'Suite',
  'Worker',
] as const;

const findTable = tables
  .map((table) => `select '${table}' as name from "${table}" where id = $1`)
  .join(' union all ');

builder.queryField('node', (t) =>
  t.field({
    description: 'Anything with an id; null when there is none.',
    type: builder.nodeInterfaceRef(),
    nullable: true,
    authScopes: reads,
    args: { id: t.arg.id({ description: 'The id.', required: true }) },
    resolve: async (_root, { id }, context, info) => {
      if (!isId(id)) return null;
      const { rows } = await context.pool.query<{ name: (typeof tables)[number] }>(findTable, [id]);
      const typeName = rows[0]?.name;
      if (typeName === undefined) return null;
      const query = queryFromInfo({ context, info, typeName });
      const model = context.prisma[modelKeys[typeName]] as unknown as Finder;
      const row = await model.findUnique({ ...query, where: { id } });
      if (row !== null) brandWithType(row, typeName as never);
      return row;
    },
  }),
);

interface Finder {
  findUnique(query: object): Promise<object | null>;
}

const modelKeys = {
  Run: 'run',
  Evaluation: 'evaluation',
  Sample: 'sample',
  Model: 'model',
  Dataset: 'dataset',
  Task: 'task',
  Prompt: 'prompt',
  Schedule: 'schedule',
  Suite: 'suite',
  Worker: 'worker',
} as const;
