// Evaluation: one cell of a run, task x model x variant.
import type { EvaluationRecord } from '@bancada/core';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { isMeasurement, measurementHistograms, measurementNames } from '../measurement-histogram.ts';
import { scoresSoFar } from '../score-so-far.ts';
import { throughputs } from '../throughput.ts';
import { Histogram, ScorePoint, ThroughputPoint } from './evaluation-chart.ts';
import { Metric, metricsOf } from './metric.ts';
import { EvaluationStatusEnum } from './run-status.ts';

const points = z.number().min(3).max(2000).nullish();

/** GraphQL type `Evaluation`. */
export const Evaluation = builder.prismaNode('Evaluation', {
  description: 'One cell of a run: task x model x variant.',
  id: { field: 'id' },
  select: { id: true, record: true },
  authScopes: reads,
  fields: (t) => ({
    task: t.exposeString('task', { description: "The task's name." }),
    model: t.exposeString('model', { description: "The model's name." }),
    variant: t.exposeString('variant', {
      description: '`closed-book` or the name of a RAG variant, with matrix values in brackets.',
    }),
    outputType: t.exposeString('outputType', {
      description: '`generate_until`, `chat`, `multiple_choice`, `loglikelihood` or `loglikelihood_rolling`.',
    }),
    numFewshot: t.exposeInt('numFewshot', { description: 'Examples put before each question.' }),
    status: t.expose('status', { description: 'Where it stands.', type: EvaluationStatusEnum }),
    error: t.exposeString('error', {
      description: 'Why it could not run as a whole; null when it could.',
      nullable: true,
    }),
    planned: t.exposeInt('planned', {
      nullable: true,
      description: 'Samples planned, when known before the end.',
    }),
    done: t.exposeInt('done', { description: 'Samples finished, failed ones included.' }),
    failed: t.exposeInt('failed', { description: 'Samples that have no answer.' }),
    metrics: t.field({
      description: 'Its aggregates: scores first, then retrieval, speed and failures.',
      type: [Metric],
      select: { task: true, model: true, variant: true, metrics: true },
      resolve: (evaluation) => metricsOf(evaluation),
    }),
    modelInfo: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The weights that answered: engine, hash, quantisation.',
      resolve: ({ record }) => (record as unknown as EvaluationRecord).modelInfo,
    }),
    parameters: t.field({
      description: 'Generation parameters, task configuration, data hash and RAG settings.',
      type: 'JSON',
      nullable: true,
      resolve: ({ record }) => (record as unknown as EvaluationRecord).parameters,
    }),
    histogram: t.loadable({
      type: Histogram,
      description: `Histogram of a measurement over the samples: ${measurementNames.join(', ')}.`,
      args: {
        measurement: t.arg.string({ description: 'One of ttft, e2e, interToken, score.', required: true }),
        bins: t.arg.int({
          description: 'How many bins, 1 to 200.',
          defaultValue: 30,
          validate: z.number().min(1).max(200).nullish(),
        }),
      },
      byPath: true,
      load: async (ids: string[], { pool }, { measurement, bins }) => {
        if (!isMeasurement(measurement)) throw unknownMeasurement(measurement);
        return measurementHistograms(pool, ids, measurement, bins ?? 30);
      },
      resolve: ({ id }) => id,
    }),
    scoreSoFar: t.loadableList({
      type: ScorePoint,
      description:
        'Mean so far against samples done, for the shrinking band. Empty for metrics that are no mean over samples.',
      args: {
        metric: t.arg.string({ description: "The metric's name; null for the first of the task." }),
        maxPoints: t.arg.int({
          description: 'At most so many points, 3 to 2000.',
          defaultValue: 200,
          validate: points,
        }),
      },
      byPath: true,
      load: (requests: { id: string; record: EvaluationRecord }[], { pool }, { metric, maxPoints }) =>
        scoresSoFar(pool, requests, metric ?? undefined, maxPoints ?? 200),
      resolve: ({ id, record }) => ({ id, record: record as unknown as EvaluationRecord }),
    }),
    throughput: t.loadableList({
      type: ThroughputPoint,
      description: 'Samples and output tokens per second over time.',
      args: {
        maxPoints: t.arg.int({
          description: 'At most so many points, 3 to 2000.',
          defaultValue: 200,
          validate: points,
        }),
      },
      byPath: true,
      load: (ids: string[], { pool }, { maxPoints }) => throughputs(pool, ids, maxPoints ?? 200),
      resolve: ({ id }) => id,
    }),
  }),
});

function unknownMeasurement(given: string): GraphQLError {
  return new GraphQLError(`measurement: "${given}" is not one of ${measurementNames.join(', ')}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
