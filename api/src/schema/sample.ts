// Sample: one item of an evaluation, one repeat, with its question, answer, scores and measurements.
import type { RetrievedChunk as ChunkRecord, SampleRequest as RequestRecord } from '@bancada/core';
import { countSamples, listSamples, SampleOutcome, type Score as ScoreRow } from '@bancada/prisma';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { neighbourSample } from '../neighbour-sample.ts';
import { countPage, decodeCursor, isId, pageArguments, pageOf, pageSize } from './connection.ts';
import { Run } from './run.ts';
import { SortDirection } from './run-status.ts';

const SampleOutcomeEnum = builder.enumType(SampleOutcome, {
  name: 'SampleOutcome',
  description:
    'FAILED has no answer; CORRECT has a first score of 1, WRONG one of 0 or between; OK is answered, but neither. As a filter, OK is every answered sample.',
});

const Score = builder.objectRef<ScoreRow>('Score').implement({
  authScopes: reads,
  fields: (t) => ({
    metric: t.exposeString('metric'),
    filter: t.exposeString('filter'),
    value: t.exposeFloat('value'),
    weight: t.exposeFloat('weight'),
  }),
});

interface ShownChunk extends ChunkRecord {
  readonly gold: boolean | undefined;
}

const RetrievedChunk = builder.objectRef<ShownChunk>('RetrievedChunk').implement({
  authScopes: reads,
  fields: (t) => ({
    id: t.exposeString('id'),
    documentId: t.exposeString('documentId'),
    rank: t.exposeInt('rank'),
    score: t.exposeFloat('score'),
    text: t.exposeString('text'),
    gold: t.exposeBoolean('gold', {
      nullable: true,
      description:
        'False when no chunk of a relevant document was found; null when it is not known chunk by chunk.',
    }),
  }),
});

const SampleRequest = builder.objectRef<RequestRecord>('SampleRequest').implement({
  authScopes: reads,
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The continuation that was scored; empty for generations.' }),
    loglikelihood: t.exposeFloat('loglikelihood', { nullable: true, description: 'Nats.' }),
    isGreedy: t.exposeBoolean('isGreedy', { nullable: true }),
    finish: t.exposeString('finish', { nullable: true }),
    promptTokens: t.int({ resolve: ({ tokens }) => tokens.prompt }),
    outputTokens: t.int({ resolve: ({ tokens }) => tokens.output }),
    ttftMs: t.float({ nullable: true, resolve: ({ timing }) => timing.ttftMs }),
    e2eMs: t.float({ resolve: ({ timing }) => timing.e2eMs }),
    interTokenMs: t.floatList({
      nullable: true,
      resolve: ({ timing }) => timing.interTokenMs && [...timing.interTokenMs],
    }),
    attempts: t.exposeInt('attempts'),
  }),
});

/** GraphQL type `Sample`. */
export const Sample = builder.prismaNode('Sample', {
  id: { field: 'id' },
  include: { evaluation: { select: { id: true, runId: true, task: true, model: true, variant: true } } },
  authScopes: reads,
  fields: (t) => ({
    runId: t.id({ resolve: ({ evaluation }) => evaluation.runId }),
    evaluationId: t.exposeID('evaluationId'),
    task: t.string({ resolve: ({ evaluation }) => evaluation.task }),
    model: t.string({ resolve: ({ evaluation }) => evaluation.model }),
    variant: t.string({ resolve: ({ evaluation }) => evaluation.variant }),
    item: t.exposeInt('item', { description: 'Position in the split.' }),
    repeat: t.exposeInt('repeat'),
    itemId: t.exposeString('itemId'),
    outcome: t.expose('outcome', { type: SampleOutcomeEnum }),
    failureReason: t.exposeString('failure', { nullable: true }),
    failureMessage: t.exposeString('failureMessage', { nullable: true }),
    input: t.exposeString('input', { description: 'The prompt as put: text, or JSON of the messages.' }),
    target: t.exposeString('target'),
    prediction: t.exposeString('prediction', { description: 'The filtered answer or the chosen option.' }),
    output: t.exposeString('output', { description: 'The unfiltered generation.' }),
    scores: t.loadableList({
      type: Score,
      byPath: true,
      load: async (keys: string[], { prisma }) => {
        const samples = keys.map((key) => JSON.parse(key) as SampleKey);
        const rows = await prisma.score.findMany({
          where: {
            OR: [...Map.groupBy(samples, ({ evaluationId }) => evaluationId)].map(([evaluationId, some]) => ({
              evaluationId,
              item: { in: some.map(({ item }) => item) },
            })),
          },
          orderBy: [{ metric: 'asc' }, { filter: 'asc' }],
        });
        const found = Map.groupBy(rows, keyOf);
        return keys.map((key) => found.get(key) ?? []);
      },
      resolve: (sample) => keyOf(sample),
    }),
    score: t.exposeFloat('score', { nullable: true, description: 'The first score.' }),
    goldRetrieved: t.exposeBoolean('goldRetrieved', {
      nullable: true,
      description: 'Whether a chunk of a relevant document was put into the prompt.',
    }),
    retrieved: t.field({
      type: [RetrievedChunk],
      nullable: true,
      resolve: ({ retrieved, goldRetrieved }) =>
        (retrieved as unknown as ChunkRecord[] | null)?.map((chunk) => ({
          ...chunk,
          gold: goldRetrieved === false ? false : undefined,
        })),
    }),
    requests: t.field({
      type: [SampleRequest],
      resolve: ({ requests }) => requests as unknown as RequestRecord[],
    }),
    promptTokens: t.exposeInt('promptTokens'),
    outputTokens: t.exposeInt('outputTokens'),
    droppedTokens: t.exposeInt('droppedTokens'),
    queueMs: t.exposeFloat('queueMs'),
    ttftMs: t.exposeFloat('ttftMs', { nullable: true }),
    e2eMs: t.exposeFloat('e2eMs'),
    interTokenMs: t.exposeFloat('interTokenMs', { nullable: true, description: 'Mean gap between tokens.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
  }),
});

interface SampleKey {
  readonly evaluationId: string;
  readonly item: number;
  readonly repeat: number;
}

function keyOf({ evaluationId, item, repeat }: SampleKey): string {
  return JSON.stringify({ evaluationId, item, repeat });
}

const failingArguments = builder.args((t) => ({ failing: t.boolean({ defaultValue: false }) }));
const neighbourDescription = "Neighbour in the run's item order; `failing` among those not right.";

builder.prismaObjectFields(Sample, (t) => ({
  next: t.field({
    type: Sample,
    nullable: true,
    description: neighbourDescription,
    args: failingArguments,
    resolve: ({ id }, { failing }, context) => neighbourSample(context, id, 'next', failing ?? false),
  }),
  previous: t.field({
    type: Sample,
    nullable: true,
    description: neighbourDescription,
    args: failingArguments,
    resolve: ({ id }, { failing }, context) => neighbourSample(context, id, 'previous', failing ?? false),
  }),
}));

const SampleFilter = builder.inputType('SampleFilter', {
  fields: (t) => ({
    outcome: t.field({ type: SampleOutcomeEnum }),
    task: t.string(),
    model: t.string(),
    variant: t.string(),
    search: t.string({ description: 'Part of input, target, prediction or item id, whatever the case.' }),
    evaluationId: t.id(),
  }),
});

const SampleSort = builder.inputType('SampleSort', {
  fields: (t) => ({
    field: t.field({
      type: builder.enumType('SampleSortField', { values: ['ITEM', 'SCORE', 'LATENCY'] as const }),
      required: true,
    }),
    direction: t.field({ type: SortDirection, required: true }),
  }),
});

const SampleConnection = builder.connectionObject(
  { type: Sample, name: 'SampleConnection', fields: (t) => ({ totalCount: t.int({ resolve: countPage }) }) },
  { name: 'SampleEdge' },
);

const position = z.tuple([z.uuid(), z.number(), z.number(), z.number().nullable()]);

builder.prismaObjectFields(Run, (t) => ({
  samples: t.field({
    type: SampleConnection,
    args: { filter: t.arg({ type: SampleFilter }), sort: t.arg({ type: SampleSort }), ...pageArguments },
    resolve: async ({ id: runId }, args, { prisma, pool }) => {
      const key = decodeCursor(args.after, position);
      const filter = Object.fromEntries(
        Object.entries(args.filter ?? {}).map(([name, value]) => [name, value ?? undefined]),
      );
      if (filter.evaluationId !== undefined && !isId(String(filter.evaluationId))) {
        return pageOf(
          [],
          args,
          () => [],
          async () => 0,
        ) as never;
      }
      const { samples, hasNextPage } = await listSamples(pool, runId, {
        filter,
        ...(args.sort ? { sort: args.sort } : {}),
        first: pageSize(args),
        after: key && { evaluationId: key[0], item: key[1], repeat: key[2], value: key[3] },
      });
      const cells = await prisma.evaluation.findMany({
        where: { runId },
        select: { id: true, runId: true, task: true, model: true, variant: true },
      });
      const cellOf = new Map(cells.map((cell) => [cell.id, cell]));
      const page = pageOf(
        samples.map((sample) => ({ ...sample, evaluation: cellOf.get(sample.evaluationId) })),
        args,
        ({ position: { evaluationId, item, repeat, value } }) => [evaluationId, item, repeat, value],
        () => countSamples(pool, runId, filter),
      );
      return { ...page, pageInfo: { ...page.pageInfo, hasNextPage } } as never;
    },
  }),
}));
