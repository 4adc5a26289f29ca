// The form of runs in REST: of what is sent, and of what is answered.
import { z } from 'zod';

/** One run in a list. */
export const runSummarySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    status: z.enum(['QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED']),
    suiteId: z.uuid().nullable(),
    limit: z.int().nullable().describe('Items of each task at most'),
    error: z.string().nullable(),
    progress: z.object({
      done: z.int(),
      total: z.int(),
      failed: z.int(),
      rate: z.number().describe('Samples per second'),
    }),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RunSummary' });

const metricSchema = z
  .object({
    evaluationId: z.uuid(),
    task: z.string(),
    model: z.string(),
    variant: z.string(),
    metric: z.string(),
    filter: z.string(),
    kind: z.enum(['score', 'retrieval', 'speed', 'failure']),
    value: z.number(),
    n: z.int().describe('Samples behind the value'),
    stderr: z.number().nullable(),
    ciLow: z.number().nullable().describe('Of the 95 % interval'),
    ciHigh: z.number().nullable(),
    method: z.string().describe('How the interval was made'),
    higherIsBetter: z.boolean(),
    preliminary: z.boolean().describe('The evaluation is still running'),
  })
  .meta({ id: 'Metric' });

/** One run with its evaluations and metrics. */
export const runSchema = runSummarySchema
  .extend({
    config: z.string().describe('The YAML of the suite as given'),
    evaluations: z.array(
      z.object({
        id: z.uuid(),
        task: z.string(),
        model: z.string(),
        variant: z.string(),
        status: z.enum(['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED']),
        error: z.string().nullable(),
        planned: z.int().nullable(),
        done: z.int(),
        failed: z.int(),
      }),
    ),
    metrics: z.array(metricSchema),
    gates: z.json(),
    warnings: z.json(),
  })
  .meta({ id: 'Run' });

/** What starts a run. */
export const newRunSchema = z
  .strictObject({
    suite: z.string().optional().describe('Name of a registered suite, or the YAML or JSON of one'),
    suiteId: z.string().optional().describe('Id of a registered suite, instead of `suite`'),
    name: z.string().optional().describe("Name of the run; the suite's by default"),
    limit: z.int().min(1).optional().describe('Items of each task at most'),
    priority: z
      .int()
      .min(-1000)
      .max(1000)
      .optional()
      .describe('Runs with a lower one go first; 0 when left out'),
    models: z.array(z.string()).optional().describe("These of the suite's models alone"),
    tasks: z.array(z.string()).optional().describe("These of the suite's tasks alone"),
  })
  .meta({ id: 'NewRun' });
