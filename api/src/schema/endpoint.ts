// Endpoint: an address with its probed capabilities; probing one, registered or not.
import { BancadaError, type EndpointProbe, type ProbeCheck } from '@bancada/core';
import { builder, reads, writes } from '../builder.ts';
import { refusing } from '../model/fault.ts';
import { type ProbeStep, probeSteps } from '../model/probe-steps.ts';
import { probe } from '../model/probing.ts';
import { publicBaseUrl } from '../model/public-options.ts';
import { ConflictError, NotFoundError, ValidationError } from './error.ts';

const ProbeCheckObject = builder.objectRef<ProbeCheck>('ProbeCheck').implement({
  description: 'One thing that an endpoint was asked for.',
  authScopes: reads,
  fields: (t) => ({
    capability: t.exposeString('capability', {
      description:
        '`chat`, `completion`, `loglikelihood` (of given text, by echo), `topLogprobs`, `seed`, `jsonSchema` or `usageInStream`.',
    }),
    works: t.exposeBoolean('works', { description: 'Whether it can.' }),
    reason: t.string({
      description: 'Why it cannot.',
      nullable: true,
      resolve: ({ reason }) => reason ?? null,
    }),
  }),
});

/** GraphQL type `Endpoint`. */
builder.prismaObject('Endpoint', {
  description:
    'An address behind which a model answers, and what its last probe found. Its key is never told.',
  authScopes: reads,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its id.' }),
    provider: t.exposeString('provider', { description: 'In which protocol it is asked.' }),
    baseUrl: t.string({
      description: 'Its address, up to and with /v1.',
      resolve: ({ baseUrl }) => publicBaseUrl(baseUrl),
    }),
    model: t.exposeString('model', { description: 'Id under which it knows the model.' }),
    hasKey: t.boolean({
      description: 'Whether a key is kept for it.',
      resolve: ({ sealedKey }) => sealedKey !== null,
    }),
    checks: t.field({
      description: 'What the last probe found; empty until there was one.',
      type: [ProbeCheckObject],
      resolve: ({ checks }) => checks as unknown as ProbeCheck[],
    }),
    listed: t.exposeStringList('listed', { description: 'Ids of the models that it lists.' }),
    latencyMs: t.exposeFloat('latencyMs', {
      description: 'End to end time of a one-token answer, in milliseconds.',
      nullable: true,
    }),
    fault: t.exposeString('fault', { description: 'Why the last probe failed.', nullable: true }),
    checkedAt: t.expose('checkedAt', {
      description: 'When it was last probed.',
      type: 'DateTime',
      nullable: true,
    }),
  }),
});

const EndpointProbeObject = builder.objectRef<EndpointProbe>('EndpointProbe').implement({
  description: 'What a probe found.',
  authScopes: reads,
  fields: (t) => ({
    model: t.exposeString('model', { description: 'The model that was asked.' }),
    models: t.stringList({
      description: 'Ids that the endpoint lists; empty when it has no such list.',
      resolve: ({ models }) => [...models],
    }),
    checks: t.field({
      description: 'Everything that was asked for, in order.',
      type: [ProbeCheckObject],
      resolve: ({ checks }) => [...checks],
    }),
    contextLength: t.int({
      description: 'Longest prompt plus answer in tokens, when it tells.',
      nullable: true,
      resolve: ({ contextLength }) => contextLength ?? null,
    }),
    ownedBy: t.string({
      description: 'Who serves it, in its own word.',
      nullable: true,
      resolve: ({ ownedBy }) => ownedBy ?? null,
    }),
    latencyMs: t.exposeFloat('latencyMs', {
      description: 'End to end time of the quicker of two one-token answers, in milliseconds.',
    }),
  }),
});

/** GraphQL input `EndpointInput`. */
export const EndpointInput = builder.inputType('EndpointInput', {
  description: 'An address and how it is asked.',
  fields: (t) => ({
    provider: t.string({ description: '`openai-compatible` (the default) or `anthropic`.' }),
    baseUrl: t.string({ required: true, description: 'Up to and with /v1.' }),
    model: t.string({
      description: 'Id under which it knows the model; any text. Left out, the first that it lists.',
    }),
    apiKey: t.string({ description: 'Kept encrypted and never shown again.' }),
    apiKeyEnv: t.string({
      description: 'Name of the variable of API and worker that holds the key, instead of apiKey.',
    }),
    options: t.field({
      type: 'JSON',
      description: 'More options of the provider: api, concurrency, context_size, prefix, extra_body, …',
    }),
  }),
});

const ProbeEndpointInput = builder.inputType('ProbeEndpointInput', {
  description: 'Exactly one of endpoint and modelId.',
  fields: (t) => ({
    endpoint: t.field({ type: EndpointInput, description: 'One that is not registered; nothing is kept.' }),
    modelId: t.id({ description: 'A registered model; what is found is kept.' }),
  }),
});

const ProbeEndpointSuccess = builder
  .objectRef<{ data: EndpointProbe }>('MutationProbeEndpointSuccess')
  .implement({
    description: 'The endpoint answered.',
    authScopes: writes,
    fields: (t) => ({
      data: t.field({
        description: 'What was found.',
        type: EndpointProbeObject,
        resolve: ({ data }) => data,
      }),
    }),
  });

const ProbeEndpointResult = builder.errorUnion('ProbeEndpointResult', {
  description: 'What a probe found, or why it could not.',
  types: [ProbeEndpointSuccess, ValidationError, NotFoundError, ConflictError],
  resolveType: () => 'MutationProbeEndpointSuccess',
});

builder.mutationField('probeEndpoint', (t) =>
  t.field({
    type: ProbeEndpointResult,
    authScopes: writes,
    description:
      'Asks an endpoint what it can do: chat, completions, log-probabilities of given text, likeliest tokens, seed, JSON schema, token counts in streams. Costs it a dozen short answers.',
    args: { input: t.arg({ type: ProbeEndpointInput, required: true, description: 'What to ask.' }) },
    resolve: async (_root, { input }, context) =>
      ({ data: await refusing(() => probe(context, input)) }) as never,
  }),
);

const ProbeStepObject = builder.objectRef<ProbeStep>('ProbeStep').implement({
  description: 'One step of a probe; exactly one of its fields is given.',
  authScopes: reads,
  fields: (t) => ({
    models: t.stringList({
      description: 'Ids that the endpoint lists: the first step.',
      nullable: true,
      resolve: (step) => (step.type === 'models' ? [...step.models] : null),
    }),
    check: t.field({
      description: 'One check that is done.',
      type: ProbeCheckObject,
      nullable: true,
      resolve: (step) => (step.type === 'check' ? step.check : null),
    }),
    found: t.field({
      description: 'The whole: the last step.',
      type: EndpointProbeObject,
      nullable: true,
      resolve: (step) => (step.type === 'found' ? step.found : null),
    }),
    fault: t.string({
      description: 'Why it failed: the last step.',
      nullable: true,
      resolve: (step) => (step.type === 'fault' ? step.message : null),
    }),
  }),
});

builder.subscriptionField('endpointProbe', (t) =>
  t.field({
    type: ProbeStepObject,
    authScopes: writes,
    description: 'As `probeEndpoint`, each check the moment it is done. Ends with `found` or `fault`.',
    args: { input: t.arg({ type: ProbeEndpointInput, required: true, description: 'What to ask.' }) },
    subscribe: (_root, { input }, context) => probeSteps((call) => probe(context, input, call), toMessage),
    resolve: (step: ProbeStep) => step,
  }),
);

function toMessage(thrown: unknown): string | undefined {
  if (thrown instanceof BancadaError || thrown instanceof ValidationError || thrown instanceof NotFoundError)
    return thrown.message;
  return undefined;
}
