// Task: a registered task in its newest version.
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { countPage, isId, nodesQuery, pageOf } from './connection.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

builder.prismaObject('TaskVersion', {
  authScopes: reads,
  description: 'The text of a task as it was once. It never changes.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version', { description: 'Counts up within the task, from 1.' }),
    sha256: t.exposeString('sha256', { description: 'Of `yaml`.' }),
    yaml: t.exposeString('yaml'),
    saved: t.exposeBoolean('saved', { description: 'Saved here; else read from a file.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

/** GraphQL type `Task`. */
export const Task = builder.prismaNode('Task', {
  id: { field: 'id' },
  include: { versions: { orderBy: { version: 'desc' }, take: 1 } },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name'),
    outputType: t.string({ resolve: ({ versions }) => versions[0]?.outputType ?? '' }),
    dataset: t.string({ resolve: ({ versions }) => versions[0]?.dataset ?? '' }),
    retrieves: t.boolean({
      description: 'Whether RAG variants apply.',
      resolve: ({ versions }) => versions[0]?.retrieves ?? false,
    }),
    metrics: t.stringList({ resolve: ({ versions }) => versions[0]?.metrics ?? [] }),
    yaml: t.string({ resolve: ({ versions }) => versions[0]?.yaml ?? '' }),
    bundled: t.exposeBoolean('bundled'),
    version: t.int({
      description: 'Number of the newest version.',
      resolve: ({ versions }) => versions[0]?.version ?? 0,
    }),
    versions: t.relation('versions', {
      description: 'Newest first.',
      args: { first: t.arg.int({ defaultValue: 50, validate: z.number().min(1).max(200).nullish() }) },
      query: ({ first }) => ({ orderBy: { version: 'desc' }, take: first ?? 50 }),
    }),
  }),
});

const TaskConnection = builder.connectionObject(
  { type: Task, name: 'TaskConnection', fields: (t) => ({ totalCount: t.int({ resolve: countPage }) }) },
  { name: 'TaskEdge' },
);

builder.queryFields((t) => ({
  tasks: t.field({
    type: TaskConnection,
    authScopes: reads,
    args: namedListArguments,
    resolve: async (_root, args, context, info) => {
      const { matching, page } = namedListQuery(args);
      const query = nodesQuery(context, info, 'Task');
      const rows = await context.prisma.task.findMany({ ...query, ...page });
      return pageOf(rows, args, nameKey, () => context.prisma.task.count({ where: matching })) as never;
    },
  }),
  task: t.prismaField({
    type: Task,
    nullable: true,
    authScopes: reads,
    description: 'By id, or by name.',
    args: { id: t.arg.id({ required: true, description: 'Id or name.' }) },
    resolve: (query, _root, { id }, { prisma }) =>
      prisma.task.findUnique({ ...query, where: isId(id) ? { id } : { name: id } }),
  }),
}));
