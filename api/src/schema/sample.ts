// Sample: one item of an evaluation, one repeat, with its question, answer, scores and measurements.
import type { RetrievedChunk as ChunkRecord, SampleRequest as RequestRecord } from '@bancada/core';
import { SampleOutcome, type Score as ScoreRow } from '@bancada/prisma';
import { builder, reads } from '../builder.ts';
import { neighbourSample } from '../neighbour-sample.ts';

/** GraphQL enum `SampleOutcome`. */
export const SampleOutcomeEnum = builder.enumType(SampleOutcome, {
  name: 'SampleOutcome',
  description: 'Whether a sample was answered, and rightly.',
  values: {
    OK: { description: 'Answered, but neither right nor wrong. As a filter: every answered sample.' },
    CORRECT: { description: 'The first score is 1.' },
    WRONG: { description: 'The first score is 0 or between 0 and 1.' },
    FAILED: { description: 'There is no answer.' },
  },
});

const Score = builder.objectRef<ScoreRow>('Score').implement({
  description: 'What one metric gives for one sample.',
  authScopes: reads,
  fields: (t) => ({
    metric: t.exposeString('metric', { description: "The metric's name." }),
    filter: t.exposeString('filter', {
      description: 'Which filter of the task read the answer; `none` when it has none.',
    }),
    value: t.exposeFloat('value', { description: 'The score; 0 to 1 unless the metric says otherwise.' }),
    weight: t.exposeFloat('weight', {
      description:
        'How much it counts in the aggregate; 1 but for perplexities, which weigh by tokens, words or bytes.',
    }),
  }),
});

interface ShownChunk extends ChunkRecord {
  readonly gold: boolean | undefined;
}

const RetrievedChunk = builder.objectRef<ShownChunk>('RetrievedChunk').implement({
  description: 'A piece of a document that was put into the prompt.',
  authScopes: reads,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Its id in the index.' }),
    documentId: t.exposeString('documentId', { description: 'The document it was cut from.' }),
    rank: t.exposeInt('rank', { description: 'Its place, from 1.' }),
    score: t.exposeFloat('score', {
      description: "The retriever's score; comparable within one question only.",
    }),
    text: t.exposeString('text', { description: 'The piece itself.' }),
    gold: t.exposeBoolean('gold', {
      nullable: true,
      description: 'Whether its document holds the answer; null when the task tells no relevant document.',
    }),
  }),
});

const SampleRequest = builder.objectRef<RequestRecord>('SampleRequest').implement({
  description: 'One question that the sample put to the model.',
  authScopes: reads,
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The continuation that was scored; empty for generations.' }),
    loglikelihood: t.exposeFloat('loglikelihood', { nullable: true, description: 'Nats.' }),
    isGreedy: t.exposeBoolean('isGreedy', {
      description: 'Whether the continuation is what the model would have written; null for generations.',
      nullable: true,
    }),
    finish: t.exposeString('finish', {
      description: '`stop` or `length`; null for scored continuations.',
      nullable: true,
    }),
    promptTokens: t.int({ description: 'Tokens in.', resolve: ({ tokens }) => tokens.prompt }),
    outputTokens: t.int({ description: 'Tokens out.', resolve: ({ tokens }) => tokens.output }),
    ttftMs: t.float({
      description: 'Milliseconds to the first token; null where none was streamed.',
      nullable: true,
      resolve: ({ timing }) => timing.ttftMs,
    }),
    e2eMs: t.float({
      description: 'Milliseconds from asking to the last token.',
      resolve: ({ timing }) => timing.e2eMs,
    }),
    interTokenMs: t.floatList({
      description: 'Milliseconds between tokens; null where none were streamed.',
      nullable: true,
      resolve: ({ timing }) => timing.interTokenMs && [...timing.interTokenMs],
    }),
    attempts: t.exposeInt('attempts', { description: 'Tries it took.' }),
  }),
});

/** GraphQL type `Sample`. */
export const Sample = builder.prismaNode('Sample', {
  description: 'One item of an evaluation, one repeat.',
  id: { field: 'id' },
  include: { evaluation: { select: { id: true, runId: true, task: true, model: true, variant: true } } },
  authScopes: reads,
  fields: (t) => ({
    runId: t.id({ description: 'The run it belongs to.', resolve: ({ evaluation }) => evaluation.runId }),
    evaluationId: t.exposeID('evaluationId', { description: 'The evaluation it belongs to.' }),
    task: t.string({ description: "The task's name.", resolve: ({ evaluation }) => evaluation.task }),
    model: t.string({ description: "The model's name.", resolve: ({ evaluation }) => evaluation.model }),
    variant: t.string({
      description: '`closed-book` or the name of a RAG variant.',
      resolve: ({ evaluation }) => evaluation.variant,
    }),
    item: t.exposeInt('item', { description: 'Position in the split.' }),
    repeat: t.exposeInt('repeat', { description: 'Which repeat of the item, from 0.' }),
    itemId: t.exposeString('itemId', { description: "The item's id in its data set." }),
    outcome: t.expose('outcome', {
      description: 'Whether it was answered, and rightly.',
      type: SampleOutcomeEnum,
    }),
    failureReason: t.exposeString('failure', {
      description: 'Why there is no answer, one word; null when there is one.',
      nullable: true,
    }),
    failureMessage: t.exposeString('failureMessage', {
      description: 'What happened, for a person to read; null when nothing did.',
      nullable: true,
    }),
    input: t.exposeString('input', { description: 'The prompt as put: text, or JSON of the messages.' }),
    target: t.exposeString('target', { description: 'The right answer as the task gives it.' }),
    prediction: t.exposeString('prediction', { description: 'The filtered answer or the chosen option.' }),
    output: t.exposeString('output', { description: 'The unfiltered generation.' }),
    scores: t.loadableList({
      description: 'One for each metric and filter of the task; empty when it failed.',
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
    documentRecall: t.exposeFloat('documentRecall', {
      nullable: true,
      description:
        'Share of the relevant documents that were retrieved, 0 to 1; null together with `goldRetrieved`.',
    }),
    reciprocalRank: t.exposeFloat('reciprocalRank', {
      nullable: true,
      description:
        '1 / rank of the first relevant document, 0 when none was found; null together with `goldRetrieved`.',
    }),
    relevantDocuments: t.stringList({
      nullable: true,
      description:
        'Ids of the documents that hold the answer; null when none is known or nothing was retrieved.',
      resolve: ({ relevantDocuments }) => {
        const ids = relevantDocuments as string[] | null;
        return ids !== null && ids.length > 0 ? ids : null;
      },
    }),
    retrieved: t.field({
      description: 'Chunks put into the prompt, best first; null for closed book.',
      type: [RetrievedChunk],
      nullable: true,
      resolve: ({ retrieved, relevantDocuments }) =>
        shownChunks(retrieved as unknown as ChunkRecord[] | null, relevantDocuments as string[] | null),
    }),
    requests: t.field({
      description: 'Each question put to the model, with its measurements.',
      type: [SampleRequest],
      resolve: ({ requests }) => requests as unknown as RequestRecord[],
    }),
    promptTokens: t.exposeInt('promptTokens', { description: 'Tokens in, over all requests.' }),
    outputTokens: t.exposeInt('outputTokens', { description: 'Tokens out, over all requests.' }),
    droppedTokens: t.exposeInt('droppedTokens', {
      description: 'Tokens cut from prompts that were too long.',
    }),
    queueMs: t.exposeFloat('queueMs', { description: 'Shortest wait of a request, in milliseconds.' }),
    ttftMs: t.exposeFloat('ttftMs', {
      description: 'Milliseconds to the first token; null where none was streamed.',
      nullable: true,
    }),
    e2eMs: t.exposeFloat('e2eMs', { description: 'Milliseconds of the longest request.' }),
    interTokenMs: t.exposeFloat('interTokenMs', { nullable: true, description: 'Mean gap between tokens.' }),
    startedAt: t.expose('startedAt', {
      description: 'When the model took the first request.',
      type: 'DateTime',
    }),
  }),
});

function shownChunks(
  chunks: readonly ChunkRecord[] | null,
  relevant: readonly string[] | null,
): ShownChunk[] | undefined {
  const known = relevant !== null && relevant.length > 0;
  return chunks?.map((chunk) => ({
    ...chunk,
    gold: known ? relevant.includes(chunk.documentId) : undefined,
  }));
}

interface SampleKey {
  readonly evaluationId: string;
  readonly item: number;
  readonly repeat: number;
}

function keyOf({ evaluationId, item, repeat }: SampleKey): string {
  return JSON.stringify({ evaluationId, item, repeat });
}

const failingArguments = builder.args((t) => ({
  failing: t.boolean({ description: 'Only among samples that are not right.', defaultValue: false }),
}));
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
