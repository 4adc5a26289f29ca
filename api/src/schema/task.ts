// Task: a registered task in its newest version.
import { builder, reads } from '../builder.ts';
import { countPage, nodesQuery, pageOf } from './connection.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

const Task = builder.prismaNode('Task', {
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
  }),
});

const TaskConnection = builder.connectionObject(
  { type: Task, name: 'TaskConnection', fields: (t) => ({ totalCount: t.int({ resolve: countPage }) }) },
  { name: 'TaskEdge' },
);

builder.queryField('tasks', (t) =>
  t.field({
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
