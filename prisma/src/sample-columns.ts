// How a sample becomes a row: each column with its type and where its value comes from.
import { randomBytes } from 'node:crypto';
import type { SampleRecord } from '@bancada/core';

type Score = SampleRecord['scores'][number];

/** A column of a bulk insert. */
interface Column<Source> {
  readonly name: string;
  /** Postgres type of the array that carries it. */
  readonly type: string;
  /** Added to the value in SQL, where the array's type is not the column's. */
  readonly cast?: string;
  value(source: Source): string | number | boolean | null;
}

/** The columns of `Sample` but for `evaluationId`. */
export const sampleColumns: readonly Column<SampleRecord>[] = [
  { name: 'id', type: 'uuid', value: uuidV7 },
  { name: 'item', type: 'int4', value: (sample) => sample.item },
  { name: 'repeat', type: 'int4', value: (sample) => sample.repeat },
  { name: 'itemId', type: 'text', value: (sample) => text(sample.itemId) },
  { name: 'outcome', type: 'text', cast: '::"SampleOutcome"', value: outcomeOf },
  {
    name: 'failure',
    type: 'text',
    value: ({ outcome }) => (outcome.status === 'failed' ? outcome.reason : null),
  },
  {
    name: 'failureMessage',
    type: 'text',
    value: ({ outcome }) => (outcome.status === 'failed' ? text(outcome.message) : null),
  },
  { name: 'input', type: 'text', value: (sample) => text(sample.input) },
  { name: 'target', type: 'text', value: (sample) => text(sample.target) },
  { name: 'prediction', type: 'text', value: (sample) => text(sample.prediction) },
  { name: 'output', type: 'text', value: (sample) => text(sample.output) },
  {
    name: 'group',
    type: 'text',
    value: (sample) => (sample.group === undefined ? null : text(sample.group)),
  },
  { name: 'choices', type: 'int4', value: (sample) => sample.choices ?? null },
  { name: 'requests', type: 'text', cast: '::jsonb', value: (sample) => json(sample.requests) },
  {
    name: 'retrieved',
    type: 'text',
    cast: '::jsonb',
    value: (sample) => (sample.retrieved === undefined ? null : json(sample.retrieved)),
  },
  {
    name: 'relevantDocuments',
    type: 'text',
    cast: '::jsonb',
    value: ({ relevantDocuments }) => (relevantDocuments === undefined ? null : json(relevantDocuments)),
  },
  { name: 'goldRetrieved', type: 'bool', value: (sample) => sample.goldRetrieved ?? null },
  { name: 'documentRecall', type: 'float8', value: (sample) => sample.documentRecall ?? null },
  { name: 'reciprocalRank', type: 'float8', value: (sample) => sample.reciprocalRank ?? null },
  { name: 'score', type: 'float8', value: (sample) => sample.scores[0]?.value ?? null },
  { name: 'promptTokens', type: 'int4', value: (sample) => sample.tokens.prompt },
  { name: 'outputTokens', type: 'int4', value: (sample) => sample.tokens.output },
  { name: 'droppedTokens', type: 'int4', value: (sample) => sample.tokens.dropped },
  {
    name: 'lengthStopped',
    type: 'bool',
    value: (sample) => sample.requests.some(({ finish }) => finish === 'length'),
  },
  { name: 'queueMs', type: 'float8', value: (sample) => sample.timing.queueMs },
  { name: 'ttftMs', type: 'float8', value: (sample) => sample.timing.ttftMs ?? null },
  { name: 'e2eMs', type: 'float8', value: (sample) => sample.timing.e2eMs },
  { name: 'prefillMs', type: 'float8', value: (sample) => sample.timing.prefillMs ?? null },
  { name: 'decodeMs', type: 'float8', value: (sample) => sample.timing.decodeMs ?? null },
  { name: 'interTokenMs', type: 'float8', value: meanGap },
  { name: 'interTokenGaps', type: 'int4', value: (sample) => sample.timing.interTokenMs?.length ?? 0 },
  { name: 'startedAt', type: 'timestamptz', value: (sample) => sample.startedAt },
];

/** The columns of `Score` but for `evaluationId`. */
export const scoreColumns: readonly Column<{ readonly sample: SampleRecord; readonly score: Score }>[] = [
  { name: 'item', type: 'int4', value: ({ sample }) => sample.item },
  { name: 'repeat', type: 'int4', value: ({ sample }) => sample.repeat },
  { name: 'metric', type: 'text', value: ({ score }) => score.metric },
  { name: 'filter', type: 'text', value: ({ score }) => score.filter },
  { name: 'value', type: 'float8', value: ({ score }) => score.value },
  { name: 'weight', type: 'float8', value: ({ score }) => score.weight },
];

/** Right at a first score of 1, wrong from 0 to below 1; other values (a log-likelihood) are neither. */
export function outcomeOf({ outcome, scores }: SampleRecord): 'FAILED' | 'WRONG' | 'CORRECT' | 'OK' {
  if (outcome.status === 'failed') return 'FAILED';
  const value = scores[0]?.value;
  if (value === 1) return 'CORRECT';
  return value !== undefined && value >= 0 && value < 1 ? 'WRONG' : 'OK';
}

function meanGap({ timing }: SampleRecord): number | null {
  const gaps = timing.interTokenMs ?? [];
  return gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

// Postgres keeps no U+0000 and, in JSON, no half of a surrogate pair; a model may write either.
function text(value: string): string {
  return value.includes('\0') ? value.replaceAll('\0', '\u{fffd}') : value;
}

function json(value: unknown): string {
  const written = JSON.stringify(value);
  if (!/\\u(0000|d[89a-f])/.test(written)) return written;
  return JSON.stringify(value, (_key, part) => (typeof part === 'string' ? text(part.toWellFormed()) : part));
}

// Ids that grow with time keep the index's pages together (RFC 9562, version 7).
function uuidV7(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = randomBytes(9).toString('hex');
  const parts = [
    time.slice(0, 8),
    time.slice(8),
    `7${random.slice(0, 3)}`,
    `a${random.slice(3, 6)}`,
    random.slice(6),
  ];
  return parts.join('-');
}
