// Exporter `parquet`: one row a sample, one column a score, as CSV has them, with types.
import type { ResultReader } from '../run/result-store.ts';
import type { Exporter } from './exporter.ts';
import { type ParquetColumn, type ParquetRow, parquetPieces } from './parquet-table.ts';
import { type SampleColumn, sampleColumns, scoreNames } from './sample-columns.ts';
import { readStoredRun, type StoredRun, samplesOf, scoreName } from './stored-run.ts';

/**
 * CSV's columns, then `requests` and `retrieved_chunks` as JSON text. The footer holds run, evaluations, metrics, warnings and gates
 * as JSON under the key `bancada`.
 */
export const parquet: Exporter<Uint8Array> = {
  description: 'Apache Parquet, one row a sample, one column a score; the rest of the run in the footer',
  mediaType: 'application/vnd.apache.parquet',
  extension: '.parquet',
  async *export(reader, runId) {
    const stored = await readStoredRun(reader, runId);
    const scores = scoreNames(stored.evaluations);
    const columns: ParquetColumn[] = [
      ...sampleColumns.map(({ name, type }) => ({ name, type: types[type] })),
      { name: 'requests', type: 'STRING' },
      { name: 'retrieved_chunks', type: 'STRING' },
      ...scores.map((name): ParquetColumn => ({ name, type: 'DOUBLE' })),
    ];
    const metadata = { bancada: JSON.stringify(await aggregates(reader, stored)) };
    yield* parquetPieces(columns, rowsOf(reader, stored, scores), metadata);
  },
};

const types: Readonly<Record<SampleColumn['type'], ParquetColumn['type']>> = {
  text: 'STRING',
  integer: 'INT32',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
};

async function* rowsOf(
  reader: ResultReader,
  { evaluations }: StoredRun,
  scores: readonly string[],
): AsyncGenerator<ParquetRow> {
  for await (const { evaluation, sample } of samplesOf(reader, evaluations)) {
    const values = new Map(sample.scores.map((score) => [scoreName(score), score.value]));
    const cells = sampleColumns.map(({ type, cell }) => {
      const value = cell(evaluation, sample);
      return type === 'time' && value !== undefined ? new Date(String(value)) : value;
    });
    const details = [sample.requests, sample.retrieved].map((value) => value && JSON.stringify(value));
    yield [...cells, ...details, ...scores.map((name) => values.get(name))];
  }
}

async function aggregates(reader: ResultReader, { run, evaluations }: StoredRun) {
  const metrics = await Promise.all(evaluations.map(({ id }) => reader.metrics(id)));
  return {
    run,
    evaluations,
    metrics: metrics.flat(),
    warnings: await reader.warnings(run.id),
    gates: await reader.gates(run.id),
  };
}
