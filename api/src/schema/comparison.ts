// RunComparison: two to seven runs item by item against a baseline.
import {
  BancadaError,
  compareSides,
  type Flip as FlipRecord,
  type ComparisonRow as Row,
} from '@bancada/core';
import { PostgresReader, type Run as RunRow } from '@bancada/prisma';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import type { Context } from '../context.ts';
import { isId } from './connection.ts';
import { Run } from './run.ts';
import { Sample } from './sample.ts';

interface CandidateRow extends Row {
  readonly baselineRunId: string;
  readonly candidateRunId: string;
}

interface PlacedFlip extends FlipRecord {
  readonly row: CandidateRow;
}

interface Comparison {
  readonly baseline: RunRow;
  readonly candidates: readonly RunRow[];
  readonly rows: readonly CandidateRow[];
}

const flipSample = (side: 'baseline' | 'candidate') => ({
  type: Sample,
  nullable: true,
  byPath: true,
  load: async (keys: string[], { pool, prisma }: Context) => {
    const { rows } = await pool.query<{ place: number; id: string }>(
      `select place::int, s.id from json_array_elements($1::json) with ordinality as k (key, place)
         join "Evaluation" e on e."runId" = (key->>0)::uuid and e.task = key->>1 and e.variant = key->>2 and e.model = key->>3
         join "Sample" s on s."evaluationId" = e.id and s."itemId" = key->>4 and s.repeat = (key->>5)::int`,
      [`[${keys.join(',')}]`],
    );
    const samples = await prisma.sample.findMany({
      where: { id: { in: rows.map(({ id }) => id) } },
      include: { evaluation: { select: { id: true, runId: true, task: true, model: true, variant: true } } },
    });
    const byId = new Map(samples.map((sample) => [sample.id, sample]));
    const byPlace = new Map(rows.map(({ place, id }) => [place, byId.get(id)]));
    return keys.map((_, index) => byPlace.get(index + 1) ?? null) as never;
  },
  resolve: ({ row, itemId, repeat }: PlacedFlip) =>
    JSON.stringify([
      side === 'baseline' ? row.baselineRunId : row.candidateRunId,
      row.task,
      row.variant,
      row[side].model,
      itemId,
      repeat,
    ]) as never,
});

const Flip = builder.objectRef<PlacedFlip>('Flip').implement({
  description: 'A sample that one run has right (1) and the other wrong (0).',
  authScopes: reads,
  fields: (t) => ({
    itemId: t.exposeString('itemId', { description: 'The item in its data set.' }),
    repeat: t.exposeInt('repeat', { description: 'Which repeat of the item, from 0.' }),
    from: t.exposeFloat('from', { description: "The baseline's score." }),
    to: t.exposeFloat('to', { description: "The candidate's score." }),
    baselineSample: t.loadable({
      ...flipSample('baseline'),
      description: "The baseline's sample; null once it is deleted.",
    }),
    candidateSample: t.loadable({
      ...flipSample('candidate'),
      description: "The candidate's sample; null once it is deleted.",
    }),
  }),
});

const flipArguments = builder.args((t) => ({
  first: t.int({
    description: 'At most so many, 1 to 200.',
    defaultValue: 20,
    validate: z.number().min(1).max(200).nullish(),
  }),
}));

const ComparisonRow = builder.objectRef<CandidateRow>('ComparisonRow').implement({
  description: 'One task, variant and metric that both runs measured, over the items both answered.',
  authScopes: reads,
  fields: (t) => ({
    candidateRunId: t.exposeID('candidateRunId', { description: 'The candidate that the row is about.' }),
    task: t.exposeString('task', { description: "The task's name." }),
    variant: t.exposeString('variant', { description: '`closed-book` or the name of a RAG variant.' }),
    metric: t.exposeString('metric', { description: "The metric's name." }),
    filter: t.exposeString('filter', {
      description: 'Which filter of the task read the answers; `none` when it has none.',
    }),
    unit: t.exposeString('unit', { description: '`score`, or `loss` in nats for perplexities.' }),
    higherIsBetter: t.exposeBoolean('higherIsBetter', {
      description: 'Whether a positive difference is good.',
    }),
    baselineModel: t.string({
      description: "The baseline's model.",
      resolve: ({ baseline }) => baseline.model,
    }),
    candidateModel: t.string({
      description: "The candidate's model.",
      resolve: ({ candidate }) => candidate.model,
    }),
    baselineMean: t.float({
      description: "The baseline's mean over the pairs.",
      resolve: ({ baseline }) => baseline.mean,
    }),
    candidateMean: t.float({
      description: "The candidate's mean over the pairs.",
      resolve: ({ candidate }) => candidate.mean,
    }),
    n: t.int({ description: 'Pairs.', resolve: ({ paired }) => paired.n }),
    unpaired: t.exposeInt('unpaired', { description: 'Items that only one side has finished.' }),
    difference: t.float({
      description: 'Candidate minus baseline.',
      resolve: ({ paired }) => paired.difference,
    }),
    ciLow: t.float({
      description: 'Lower end of the 95 % interval of the difference; null for fewer than two pairs.',
      nullable: true,
      resolve: ({ paired }) => paired.ciLow,
    }),
    ciHigh: t.float({
      description: 'Upper end of the 95 % interval of the difference; null for fewer than two pairs.',
      nullable: true,
      resolve: ({ paired }) => paired.ciHigh,
    }),
    p: t.float({ description: 'Two-sided p of the test, not corrected.', resolve: ({ paired }) => paired.p }),
    pAdjusted: t.exposeFloat('pAdjusted', { description: 'By Holm, over the rows of one candidate.' }),
    test: t.string({ description: 'The paired test that gave p.', resolve: ({ paired }) => paired.test }),
    effectSize: t.float({
      description: "Cohen's d of the differences; null when all are equal.",
      nullable: true,
      resolve: ({ paired }) => paired.effectSize,
    }),
    detectable: t.float({
      nullable: true,
      description: 'Smallest true difference that so many pairs find with a chance of 0.8.',
      resolve: ({ paired }) => paired.detectable,
    }),
    fixedCount: t.int({
      description: 'How many samples the candidate has right and the baseline wrong.',
      resolve: ({ fixed }) => fixed.length,
    }),
    brokenCount: t.int({
      description: 'How many samples the baseline has right and the candidate wrong.',
      resolve: ({ broken }) => broken.length,
    }),
    fixed: t.field({
      description: 'Samples that the candidate has right and the baseline wrong.',
      type: [Flip],
      args: flipArguments,
      resolve: (row, { first }) => row.fixed.slice(0, first ?? 20).map((flip) => ({ ...flip, row })),
    }),
    broken: t.field({
      description: 'Samples that the baseline has right and the candidate wrong.',
      type: [Flip],
      args: flipArguments,
      resolve: (row, { first }) => row.broken.slice(0, first ?? 20).map((flip) => ({ ...flip, row })),
    }),
  }),
});

const RunComparison = builder.objectRef<Comparison>('RunComparison').implement({
  description: 'Runs against a baseline, item by item.',
  authScopes: reads,
  fields: (t) => ({
    baseline: t.field({
      description: 'The run the others are measured against.',
      type: Run,
      resolve: ({ baseline }) => baseline,
    }),
    candidates: t.field({
      description: 'The other runs, in the order asked for.',
      type: [Run],
      resolve: ({ candidates }) => [...candidates],
    }),
    rows: t.field({
      description: 'One row for each candidate, task, variant and metric that both sides have.',
      type: [ComparisonRow],
      resolve: ({ rows }) => [...rows],
    }),
  }),
});

builder.queryField('compareRuns', (t) =>
  t.field({
    type: RunComparison,
    authScopes: reads,
    description:
      'Each candidate against the baseline, item by item; a run against itself compares its models.',
    args: {
      baseline: t.arg.id({ description: 'Id of the run to measure against.', required: true }),
      candidates: t.arg.idList({
        description: 'Ids of one to six runs.',
        required: true,
        validate: z.array(z.string()).min(1).max(6),
      }),
      metric: t.arg.string({ description: 'Only this metric; null for all.' }),
    },
    resolve: async (_root, { baseline, candidates, metric }, context) => {
      const ids = [baseline, ...candidates];
      const runs = await context.prisma.run.findMany({ where: { id: { in: ids.filter(isId) } } });
      const [first, ...others] = ids.map(
        (id) => runs.find((run) => run.id === id) ?? refuse(`there is no run ${id}`),
      );
      const reader = new PostgresReader(context.pool);
      const rows = await Promise.all(
        candidates.map((id) => compared(reader, baseline, id, metric ?? undefined)),
      );
      return { baseline: first as RunRow, candidates: others, rows: rows.flat() };
    },
  }),
);

async function compared(
  reader: PostgresReader,
  baselineRunId: string,
  candidateRunId: string,
  metric: string | undefined,
): Promise<CandidateRow[]> {
  try {
    const [baseline, candidate] = await Promise.all([
      reader.evaluations(baselineRunId),
      reader.evaluations(candidateRunId),
    ]);
    const rows = await compareSides(
      { reader, evaluations: baseline },
      { reader, evaluations: candidate },
      { metric, seed: 1234 },
    );
    return rows.map((row) => ({ ...row, baselineRunId, candidateRunId }));
  } catch (thrown) {
    if (thrown instanceof BancadaError) return refuse(thrown.message);
    throw thrown;
  }
}

function refuse(message: string): never {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
