// Model: a registered way to call weights.
import type { GgufMetadata } from '@bancada/core';
import type { ModelDownload } from '@bancada/prisma';
import { builder, reads } from '../builder.ts';
import { type Dependent, dependentsOf } from '../model/dependents.ts';
import { publicOptions } from '../model/public-options.ts';
import { nodesQuery, pageOf } from './connection.ts';
import './endpoint.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

const GgufObject = builder.objectRef<Partial<GgufMetadata>>('GgufMetadata').implement({
  description: 'What a GGUF file says about itself; null where it does not.',
  authScopes: reads,
  fields: (t) => ({
    architecture: t.exposeString('architecture', { nullable: true, description: '`llama`, `qwen2`, …' }),
    title: t.exposeString('title', { nullable: true, description: "The model's own name for itself." }),
    quantisation: t.exposeString('quantisation', { nullable: true, description: '`Q4_K_M`, `F16`, …' }),
    contextLength: t.exposeInt('contextLength', {
      nullable: true,
      description: 'Longest prompt plus answer that it was trained with, in tokens.',
    }),
    embeddingLength: t.exposeInt('embeddingLength', {
      nullable: true,
      description: 'Length of its vectors.',
    }),
    layers: t.exposeInt('layers', { nullable: true, description: 'Number of its layers.' }),
    tokenizer: t.exposeString('tokenizer', { nullable: true, description: 'Kind of tokenizer.' }),
    vocabulary: t.exposeInt('vocabulary', { nullable: true, description: 'Number of tokens that it knows.' }),
    chatTemplate: t.exposeString('chatTemplate', {
      nullable: true,
      description: 'Jinja source by which messages become a prompt.',
    }),
    bytes: t.exposeFloat('bytes', { nullable: true, description: 'Size of the file.' }),
  }),
});

const DownloadObject = builder.objectRef<ModelDownload>('ModelDownload').implement({
  description: 'Weights that are being fetched from the Hugging Face Hub.',
  authScopes: reads,
  fields: (t) => ({
    state: t.exposeString('state', { description: '`waiting` for a worker, `downloading`, or `failed`.' }),
    bytes: t.exposeFloat('bytes', { description: 'How many are here.' }),
    totalBytes: t.exposeFloat('totalBytes', { description: 'How many there are.' }),
    file: t.exposeString('file', { nullable: true, description: 'Which file is being fetched.' }),
    message: t.exposeString('message', { nullable: true, description: 'Why it failed.' }),
  }),
});

const DependentObject = builder.objectRef<Dependent>('ModelDependent').implement({
  description: 'Something that names a model.',
  authScopes: reads,
  fields: (t) => ({
    kind: t.exposeString('kind', { description: '`suite`, or `run` (one that is not over).' }),
    id: t.exposeID('id', { description: 'Its id.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
  }),
});

/** GraphQL type `Model`. */
export const Model = builder.prismaNode('Model', {
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
    options: t.field({
      description: "The provider's options; never a key.",
      type: 'JSON',
      resolve: ({ options }) => publicOptions(options),
    }),
    source: t.exposeString('source', {
      nullable: true,
      description: 'Where its weights came from, e.g. `hf:org/repo:Q4_K_M@<commit>`; null for a bundled one.',
    }),
    metadata: t.field({
      description: 'What its GGUF file says; null where there is none, or it was not read.',
      type: GgufObject,
      nullable: true,
      resolve: ({ metadata }) =>
        metadata !== null && Object.keys(metadata as object).length > 0
          ? (metadata as Partial<GgufMetadata>)
          : null,
    }),
    download: t.field({
      description: 'While its weights are fetched, and when that failed.',
      type: DownloadObject,
      nullable: true,
      resolve: ({ download }) => download as unknown as ModelDownload | null,
    }),
    endpoint: t.relation('endpoint', { nullable: true, description: 'Where a remote model answers.' }),
    dependents: t.field({
      description: 'Suites that name it and runs that are not over: what stands in the way of deleting it.',
      type: [DependentObject],
      resolve: ({ name }, _args, context) => dependentsOf(context, name),
    }),
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
