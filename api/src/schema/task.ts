// Task: a registered task in its newest version.
import { builder, reads } from '../builder.ts';
import { firstArgument, isId, nodesQuery, pageOf } from './connection.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

builder.prismaObject('TaskVersion', {
  authScopes: reads,
  description: 'The text of a task as it was once. It never changes.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its own id.' }),
    version: t.exposeInt('version', { description: 'Counts up within the task, from 1.' }),
    sha256: t.exposeString('sha256', { description: 'Of `yaml`.' }),
    yaml: t.exposeString('yaml', { description: 'The text.' }),
    saved: t.exposeBoolean('saved', { description: 'Saved here; else read from a file.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was saved or first seen.' }),
  }),
});

/** GraphQL type `Task`. */
export const Task = builder.prismaNode('Task', {
  description: 'A registered task in its newest version.',
  id: { field: 'id' },
  include: { versions: { orderBy: { version: 'desc' }, take: 1 } },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As suites name it; unique.' }),
    outputType: t.string({
      description: '`generate_until`, `chat`, `multiple_choice`, `loglikelihood` or `loglikelihood_rolling`.',
      resolve: ({ versions }) => versions[0]?.outputType ?? '',
    }),
    dataset: t.string({
      description: 'Name of its data set.',
      resolve: ({ versions }) => versions[0]?.dataset ?? '',
    }),
    retrieves: t.boolean({
      description: 'Whether RAG variants apply.',
      resolve: ({ versions }) => versions[0]?.retrieves ?? false,
    }),
    metrics: t.stringList({
      description: 'Names of its metrics.',
      resolve: ({ versions }) => versions[0]?.metrics ?? [],
    }),
    yaml: t.string({ description: 'Its text.', resolve: ({ versions }) => versions[0]?.yaml ?? '' }),
    bundled: t.exposeBoolean('bundled', { description: 'Whether it came with Bancada.' }),
    version: t.int({
      description: 'Counts up from 1 with each change.',
      resolve: ({ versions }) => versions[0]?.version ?? 0,
    }),
    versions: t.relation('versions', {
      description: 'Newest first.',
      args: firstArgument(50),
      query: ({ first }) => ({ orderBy: { version: 'desc' }, take: first ?? 50 }),
    }),
  }),
});

const TaskConnection = builder.connectionObject({ type: Task, name: 'TaskConnection' }, { name: 'TaskEdge' });

builder.queryFields((t) => ({
  tasks: t.field({
    description: 'Registered tasks by name.',
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
    description: 'One task; null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'Its id or name.' }) },
    resolve: (query, _root, { id }, { prisma }) =>
      prisma.task.findUnique({ ...query, where: isId(id) ? { id } : { name: id } }),
  }),
}));
