// Task: a registered task in its newest version.
import { builder, reads } from '../builder.ts';
import { nodesQuery, pageOf } from './connection.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

const Task = builder.prismaNode('Task', {
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
  }),
});

const TaskConnection = builder.connectionObject({ type: Task, name: 'TaskConnection' }, { name: 'TaskEdge' });

builder.queryField('tasks', (t) =>
  t.field({
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
);
