// Exporter `csv`: one row a sample, one column a score (RFC 4180).
import { type Options, stringify } from 'csv-stringify/sync';
import { BancadaError } from '../errors.ts';
import type { Exporter, ExportOptions } from './exporter.ts';
import { type SampleCell, sampleColumns, scoreNames } from './sample-columns.ts';
import { readStoredRun, samplesOf, scoreName } from './stored-run.ts';

// The library's start costs as much as some rows.
const rowsAtOnce = 64;

/** Lines end with CR LF; a cell without a value is empty; `retrieved` holds the chunks' ids, best first, with blanks between. */
export const csv: Exporter<string> = {
  description: 'CSV (RFC 4180), one row a sample, one column a score',
  mediaType: 'text/csv; header=present',
  extension: '.csv',
  async *export(reader, runId, options = {}) {
    const format = formatOf(options);
    const { evaluations } = await readStoredRun(reader, runId);
    const scores = scoreNames(evaluations);
    const header = [...sampleColumns.map(({ name }) => name), ...scores];
    yield (options.bom ? '\uFEFF' : '') + stringify([header], format);
    let rows: SampleCell[][] = [];
    for await (const { evaluation, sample } of samplesOf(reader, evaluations)) {
      const values = new Map(sample.scores.map((score) => [scoreName(score), score.value]));
      const cells = sampleColumns.map(({ cell }) => cell(evaluation, sample));
      rows.push([...cells, ...scores.map((name) => values.get(name))]);
      if (rows.length < rowsAtOnce) continue;
      yield stringify(rows, format);
      rows = [];
    }
    yield stringify(rows, format);
  },
};

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
