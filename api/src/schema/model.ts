// Model: a registered way to call weights.
import { builder, reads } from '../builder.ts';
import { nodesQuery, pageOf } from './connection.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

const Model = builder.prismaNode('Model', {
  description: 'A registered way to call weights.',
  id: { field: 'id' },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As suites name it; unique.' }),
    kind: t.exposeString('kind', { description: '`language`, `embedder` or `reranker`.' }),
    provider: t.exposeString('provider', {
      description: 'What calls it, e.g. `llama-cpp` or `openai-compatible`.',
    }),
    description: t.exposeString('description', {
      description: 'What it is; null when not told.',
      nullable: true,
    }),
    variants: t.exposeStringList('variants', {
      description: 'Files of the same weights in other precisions.',
    }),
    parameters: t.expose('parameters', {
      description: 'How many weights; null when not known.',
      type: 'BigInt',
      nullable: true,
    }),
    contextLength: t.exposeInt('contextLength', {
      description: 'Tokens of prompt and answer together; null when not known.',
      nullable: true,
    }),
    licence: t.exposeString('licence', {
      description: 'SPDX name of its licence; null when not told.',
      nullable: true,
    }),
    directory: t.exposeString('directory', {
      description: 'Where its files are; null for a remote model.',
      nullable: true,
    }),
    bundled: t.exposeBoolean('bundled', { description: 'Whether it came with Bancada.' }),
    fault: t.exposeString('fault', { nullable: true, description: 'Why it cannot be used.' }),
    options: t.expose('options', { description: "The provider's options.", type: 'JSON' }),
  }),
});

const ModelConnection = builder.connectionObject(
  { type: Model, name: 'ModelConnection' },
  { name: 'ModelEdge' },
);

builder.queryField('models', (t) =>
  t.field({
    description: 'Registered models by name.',
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
