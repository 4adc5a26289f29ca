// Model: a registered way to call weights.
import { builder, reads } from '../builder.ts';
import { countPage, nodesQuery, pageOf } from './connection.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

const Model = builder.prismaNode('Model', {
  id: { field: 'id' },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name'),
    kind: t.exposeString('kind', { description: '`language`, `embedder` or `reranker`.' }),
    provider: t.exposeString('provider'),
    description: t.exposeString('description', { nullable: true }),
    variants: t.exposeStringList('variants'),
    parameters: t.expose('parameters', { type: 'BigInt', nullable: true }),
    contextLength: t.exposeInt('contextLength', { nullable: true }),
    licence: t.exposeString('licence', { nullable: true }),
    directory: t.exposeString('directory', { nullable: true }),
    bundled: t.exposeBoolean('bundled'),
    fault: t.exposeString('fault', { nullable: true, description: 'Why it cannot be used.' }),
    options: t.expose('options', { type: 'JSON' }),
  }),
});

const ModelConnection = builder.connectionObject(
  { type: Model, name: 'ModelConnection', fields: (t) => ({ totalCount: t.int({ resolve: countPage }) }) },
  { name: 'ModelEdge' },
);

builder.queryField('models', (t) =>
  t.field({
    type: ModelConnection,
    authScopes: reads,
    args: namedListArguments,
    resolve: async (_root, args, context, info) => {
      const { matching, page } = namedListQuery(args);
      const query = nodesQuery(context, info, 'Model');
      const rows = await context.prisma.model.findMany({ ...query, ...page });
      return pageOf(rows, args, nameKey, () => context.prisma.model.count({ where: matching }));
    },
  }),
);
