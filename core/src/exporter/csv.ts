// Exporter `csv`: one row a sample, one column a score (RFC 4180).
import { type Options, stringify } from 'csv-stringify/sync';
import { BancadaError } from '../errors.ts';
import type { EvaluationRecord, SampleRecord } from '../run/record.ts';
import type { Exporter, ExportOptions } from './exporter.ts';
import { readStoredRun, samplesOf, scoreName } from './stored-run.ts';

// The library's start costs as much as some rows.
const rowsAtOnce = 64;

type Cell = string | number | boolean | undefined;

/** Lines end with CR LF; a cell without a value is empty; `retrieved` holds the chunks' ids, best first, with blanks between. */
export const csv: Exporter = {
  description: 'CSV (RFC 4180), one row a sample, one column a score',
  mediaType: 'text/csv; header=present',
  extension: '.csv',
  async *export(reader, runId, options = {}) {
    const format = formatOf(options);
    const { evaluations } = await readStoredRun(reader, runId);
    const scores = [...new Set(evaluations.flatMap(({ metrics }) => metrics.map(scoreName)))];
    yield (options.bom ? '\uFEFF' : '') + stringify([[...columns.map(([name]) => name), ...scores]], format);
    let rows: Cell[][] = [];
    for await (const { evaluation, sample } of samplesOf(reader, evaluations)) {
      rows.push(rowOf(evaluation, sample, scores));
      if (rows.length < rowsAtOnce) continue;
      yield stringify(rows, format);
      rows = [];
    }
    yield stringify(rows, format);
  },
};

const columns: readonly (readonly [string, (evaluation: EvaluationRecord, sample: SampleRecord) => Cell])[] =
  [
    ['run_id', (evaluation) => evaluation.runId],
    ['task', (evaluation) => evaluation.task],
    ['model', (evaluation) => evaluation.model],
    ['variant', (evaluation) => evaluation.variant],
    ['num_fewshot', (evaluation) => evaluation.numFewshot],
    ['item', (_, sample) => sample.item],
    ['repeat', (_, sample) => sample.repeat],
    ['item_id', (_, sample) => sample.itemId],
    ['group', (_, sample) => sample.group],
    ['status', (_, { outcome }) => outcome.status],
    ['failure_reason', (_, { outcome }) => (outcome.status === 'failed' ? outcome.reason : undefined)],
    ['failure_message', (_, { outcome }) => (outcome.status === 'failed' ? outcome.message : undefined)],
    ['input', (_, sample) => sample.input],
    ['target', (_, sample) => sample.target],
    ['prediction', (_, sample) => sample.prediction],
    ['output', (_, sample) => sample.output],
    ['retrieved', (_, sample) => sample.retrieved?.map(({ id }) => id).join(' ')],
    ['gold_retrieved', (_, sample) => sample.goldRetrieved],
    ['prompt_tokens', (_, { tokens }) => tokens.prompt],
    ['output_tokens', (_, { tokens }) => tokens.output],
    ['dropped_tokens', (_, { tokens }) => tokens.dropped],
    ['queue_ms', (_, { timing }) => timing.queueMs],
    ['ttft_ms', (_, { timing }) => timing.ttftMs],
    ['e2e_ms', (_, { timing }) => timing.e2eMs],
    ['prefill_ms', (_, { timing }) => timing.prefillMs],
    ['decode_ms', (_, { timing }) => timing.decodeMs],
    ['started_at', (_, sample) => sample.startedAt],
  ];

function rowOf(evaluation: EvaluationRecord, sample: SampleRecord, scores: readonly string[]): Cell[] {
  const values = new Map(sample.scores.map((score) => [scoreName(score), score.value]));
  return [...columns.map(([, cell]) => cell(evaluation, sample)), ...scores.map((name) => values.get(name))];
}

function formatOf({ delimiter = ',', escape: mode = 'formula' }: ExportOptions): Options {
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new BancadaError('INVALID_INPUT', 'wrong CSV delimiter', {
      key: 'delimiter',
      value: delimiter,
      allowed: 'one character that is neither a quote nor a line end',
    });
  }
  const guarded = mode === 'formula';
  return {
    delimiter,
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    escape_formulas: guarded,
    cast: {
      boolean: String,
      // The library's guard knows = + - @, tab and carriage return, but not the null character.
      string: (value) => (guarded && value.startsWith('\0') ? `'${value}` : value),
    },
  };
}
