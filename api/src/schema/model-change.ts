// registerModel, updateModel, deleteModel.
import type { Model as ModelRow } from '@bancada/prisma';
import { builder, writes } from '../builder.ts';
import { deleteModel, updateModel } from '../model/change-model.ts';
import { refusing } from '../model/fault.ts';
import { registerModel } from '../model/register.ts';
import { retryDownload } from '../model/register-hub.ts';
import { EndpointInput } from './endpoint.ts';
import { ConflictError, NotFoundError, ValidationError } from './error.ts';
import { Model } from './model.ts';

const RegisterModelInput = builder.inputType('RegisterModelInput', {
  description:
    'Exactly one of path, huggingFace and endpoint. Files are uploaded by REST: POST /api/v1/models.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'As suites will name it: letters, digits, ".", "_" and "-".',
    }),
    description: t.string({ description: 'What it is.' }),
    licence: t.string({ description: "SPDX name of its licence; a GGUF file's own when left out." }),
    kind: t.string({ description: '`language` (the default), `embedding` or `reranker`.' }),
    path: t.string({ description: 'A .gguf file, or models/<name> with ONNX weights, under the home.' }),
    huggingFace: t.string({
      description: '`hf:organisation/repository`, with `:quantisation` and `@revision` where wanted.',
    }),
    endpoint: t.field({ type: EndpointInput, description: 'An address behind which the model answers.' }),
    unreachable: t.boolean({ description: 'Registers the endpoint even when nothing answers there now.' }),
    options: t.field({
      type: 'JSON',
      description: 'Of the provider of local weights: threads, parallel, context_size, …',
    }),
  }),
});

const EndpointChange = builder.inputType('EndpointChange', {
  description: 'What is left out stays.',
  fields: (t) => ({
    baseUrl: t.string({ description: 'Another address; a key that is kept has to be given again with it.' }),
    model: t.string({ description: 'Id under which it knows the model.' }),
    apiKey: t.string({ description: 'Another key; null does without.' }),
    apiKeyEnv: t.string({ description: 'Name of the variable that holds the key; null does without.' }),
    options: t.field({ type: 'JSON', description: 'All further options of the provider.' }),
  }),
});

const UpdateModelInput = builder.inputType('UpdateModelInput', {
  description: 'What is left out stays, null takes it away. The name stays: results bear it.',
  fields: (t) => ({
    description: t.string({ description: 'What it is.' }),
    licence: t.string({ description: 'SPDX name of its licence.' }),
    endpoint: t.field({ type: EndpointChange, description: 'Of a model behind an address.' }),
    options: t.field({ type: 'JSON', description: 'All options of the provider of local weights.' }),
  }),
});

const ModelChangeSuccess = builder.objectRef<{ data: ModelRow }>('MutationModelChangeSuccess').implement({
  description: 'It was done.',
  authScopes: writes,
  fields: (t) => ({
    data: t.field({ description: 'The model as it is now.', type: Model, resolve: ({ data }) => data }),
  }),
});

const ModelChangeResult = builder.errorUnion('ModelChangeResult', {
  description: 'The model, or what is wrong.',
  types: [ModelChangeSuccess, ValidationError, NotFoundError, ConflictError],
  resolveType: () => 'MutationModelChangeSuccess',
});

builder.mutationField('registerModel', (t) =>
  t.field({
    type: ModelChangeResult,
    authScopes: writes,
    description:
      'Suites can name it from now on; weights of the Hub once a worker has fetched them. The same idempotencyKey gives the same model.',
    args: {
      input: t.arg({ type: RegisterModelInput, required: true, description: 'The model.' }),
      idempotencyKey: t.arg.string({ description: 'Any text that is new for a new model.' }),
    },
    resolve: async (_root, { input, idempotencyKey }, context) =>
      ({ data: await refusing(() => registerModel(context, input, idempotencyKey ?? undefined)) }) as never,
  }),
);

builder.mutationField('updateModel', (t) =>
  t.field({
    type: ModelChangeResult,
    authScopes: writes,
    description: 'Runs that are planned already go on with what they were planned with.',
    args: {
      id: t.arg.id({ required: true, description: 'Of the model.' }),
      input: t.arg({ type: UpdateModelInput, required: true, description: 'The changes.' }),
    },
    resolve: async (_root, { id, input }, context) =>
      ({ data: await refusing(() => updateModel(context, id, input)) }) as never,
  }),
);

builder.mutationField('retryModelDownload', (t) =>
  t.field({
    type: ModelChangeResult,
    authScopes: writes,
    description: 'Fetches weights again whose download failed; it goes on where it stopped.',
    args: { id: t.arg.id({ required: true, description: 'Of the model.' }) },
    resolve: async (_root, { id }, context) =>
      ({ data: await refusing(() => retryDownload(context, id)) }) as never,
  }),
);

const DeleteModelSuccess = builder.objectRef<{ data: string }>('MutationDeleteModelSuccess').implement({
  description: 'It is gone.',
  authScopes: writes,
  fields: (t) => ({ data: t.exposeID('data', { description: 'The id that it had.' }) }),
});

const DeleteModelResult = builder.errorUnion('DeleteModelResult', {
  description: 'The id of the deleted model, or what stands in the way.',
  types: [DeleteModelSuccess, NotFoundError, ConflictError, ValidationError],
  resolveType: () => 'MutationDeleteModelSuccess',
});

builder.mutationField('deleteModel', (t) =>
  t.field({
    type: DeleteModelResult,
    authScopes: writes,
    description:
      'With its files and its key; results of earlier runs stay. A conflict names the unfinished runs and the suites that depend on it.',
    args: {
      id: t.arg.id({ required: true, description: 'Of the model.' }),
      force: t.arg.boolean({ description: 'Deletes it though suites name it; they can no longer be run.' }),
    },
    resolve: async (_root, { id, force }, context) =>
      ({ data: await refusing(() => deleteModel(context, id, force === true)) }) as never,
  }),
);
