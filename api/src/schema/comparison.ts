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
  authScopes: reads,
  fields: (t) => ({
    itemId: t.exposeString('itemId'),
    repeat: t.exposeInt('repeat'),
    from: t.exposeFloat('from'),
    to: t.exposeFloat('to'),
    baselineSample: t.loadable(flipSample('baseline')),
    candidateSample: t.loadable(flipSample('candidate')),
  }),
});

const flipArguments = builder.args((t) => ({
  first: t.int({ defaultValue: 20, validate: z.number().min(1).max(200).nullish() }),
}));

const ComparisonRow = builder.objectRef<CandidateRow>('ComparisonRow').implement({
  authScopes: reads,
  fields: (t) => ({
    candidateRunId: t.exposeID('candidateRunId'),
    task: t.exposeString('task'),
    variant: t.exposeString('variant'),
    metric: t.exposeString('metric'),
    filter: t.exposeString('filter'),
    unit: t.exposeString('unit', { description: '`score`, or `loss` in nats for perplexities.' }),
    higherIsBetter: t.exposeBoolean('higherIsBetter'),
    baselineModel: t.string({ resolve: ({ baseline }) => baseline.model }),
    candidateModel: t.string({ resolve: ({ candidate }) => candidate.model }),
    baselineMean: t.float({ resolve: ({ baseline }) => baseline.mean }),
    candidateMean: t.float({ resolve: ({ candidate }) => candidate.mean }),
    n: t.int({ description: 'Pairs.', resolve: ({ paired }) => paired.n }),
    unpaired: t.exposeInt('unpaired', { description: 'Items that only one side has finished.' }),
    difference: t.float({
      description: 'Candidate minus baseline.',
      resolve: ({ paired }) => paired.difference,
    }),
    ciLow: t.float({ nullable: true, resolve: ({ paired }) => paired.ciLow }),
    ciHigh: t.float({ nullable: true, resolve: ({ paired }) => paired.ciHigh }),
    p: t.float({ resolve: ({ paired }) => paired.p }),
    pAdjusted: t.exposeFloat('pAdjusted', { description: 'By Holm, over the rows of one candidate.' }),
    test: t.string({ resolve: ({ paired }) => paired.test }),
    effectSize: t.float({ nullable: true, resolve: ({ paired }) => paired.effectSize }),
    detectable: t.float({
      nullable: true,
      description: 'Smallest true difference that so many pairs find with a chance of 0.8.',
      resolve: ({ paired }) => paired.detectable,
    }),
    fixedCount: t.int({ resolve: ({ fixed }) => fixed.length }),
    brokenCount: t.int({ resolve: ({ broken }) => broken.length }),
    fixed: t.field({
      type: [Flip],
      args: flipArguments,
      resolve: (row, { first }) => row.fixed.slice(0, first ?? 20).map((flip) => ({ ...flip, row })),
    }),
    broken: t.field({
      type: [Flip],
      args: flipArguments,
      resolve: (row, { first }) => row.broken.slice(0, first ?? 20).map((flip) => ({ ...flip, row })),
    }),
  }),
});

const RunComparison = builder.objectRef<Comparison>('RunComparison').implement({
  authScopes: reads,
  fields: (t) => ({
    baseline: t.field({ type: Run, resolve: ({ baseline }) => baseline }),
    candidates: t.field({ type: [Run], resolve: ({ candidates }) => [...candidates] }),
    rows: t.field({ type: [ComparisonRow], resolve: ({ rows }) => [...rows] }),
  }),
});

builder.queryField('compareRuns', (t) =>
  t.field({
    type: RunComparison,
    authScopes: reads,
    description:
      'Each candidate against the baseline, item by item; a run against itself compares its models.',
    args: {
      baseline: t.arg.id({ required: true }),
      candidates: t.arg.idList({ required: true, validate: z.array(z.string()).min(1).max(6) }),
      metric: t.arg.string(),
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
