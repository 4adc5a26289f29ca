// What a record of somebody's results file has to be before it is taken in, as the file may come from anywhere.
import { z } from 'zod';

const anything = z.record(z.string(), z.unknown());
const name = z.string().min(1).max(1_000);
const count = z.int().min(0).max(2_147_483_647);
const time = z.iso.datetime();

/** A run. The id becomes the id of the run here. */
export const runForm = z.looseObject({
  id: z.uuid('a UUID'),
  name,
  fingerprint: z.string(),
  status: z.enum(['queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled']),
  createdAt: time,
  finishedAt: time.optional(),
  snapshot: anything,
});

/** A cell of the run. */
export const evaluationForm = z.looseObject({
  id: name,
  runId: z.string(),
  task: name,
  model: name,
  variant: name,
  outputType: name,
  numFewshot: count,
  metrics: z.array(z.looseObject({ metric: name, filter: name, higherIsBetter: z.boolean() })),
  repeats: z.int().min(1),
  fingerprint: z.string(),
  modelInfo: z.looseObject({ name, provider: z.string(), uri: z.string() }).optional(),
  parameters: anything,
  planned: count.optional(),
  status: z.enum(['pending', 'running', 'succeeded', 'failed']),
  error: z.string().optional(),
});

const tokensForm = z.looseObject({ prompt: count, output: count, dropped: count });
const timingForm = z.looseObject({
  queueMs: z.number(),
  ttftMs: z.number().optional(),
  interTokenMs: z.array(z.number()).optional(),
  e2eMs: z.number(),
  prefillMs: z.number().optional(),
  decodeMs: z.number().optional(),
});

/** A sample. JSON has no minus infinity: log-probabilities may be null. */
export const sampleForm = z.looseObject({
  item: count,
  repeat: count,
  itemId: z.string(),
  outcome: z.discriminatedUnion('status', [
    z.looseObject({ status: z.literal('ok') }),
    z.looseObject({ status: z.literal('failed'), reason: name, message: z.string() }),
  ]),
  input: z.string(),
  target: z.string(),
  prediction: z.string(),
  output: z.string(),
  group: z.string().optional(),
  choices: count.optional(),
  requests: z.array(
    z.looseObject({
      text: z.string(),
      loglikelihood: z.number().nullish(),
      tokens: tokensForm,
      timing: timingForm,
      attempts: count,
    }),
  ),
  retrieved: z.array(z.looseObject({ id: z.string(), documentId: z.string(), text: z.string() })).optional(),
  goldRetrieved: z.boolean().optional(),
  scores: z.array(z.looseObject({ metric: name, filter: name, value: z.number(), weight: z.number() })),
  tokens: tokensForm,
  timing: timingForm,
  startedAt: time,
});

/** An aggregate of an evaluation. */
export const metricForm = z.looseObject({
  evaluationId: z.string(),
  metric: name,
  filter: name,
  value: z.number(),
  n: count,
  stderr: z.number().optional(),
  ciLow: z.number().optional(),
  ciHigh: z.number().optional(),
  method: name,
  kind: z.enum(['score', 'retrieval', 'speed', 'failure']),
  higherIsBetter: z.boolean(),
});

/** What makes a number doubtful. */
export const warningForm = z.looseObject({ code: name, evaluationId: z.string(), message: z.string() });

/** A bound of the suite and whether it was kept. */
export const gateForm = z.looseObject({ gate: anything, passed: z.boolean(), message: z.string() });

/** An entry of the run's stream. */
export const eventForm = z.looseObject({ type: name });
