// Exporter `parquet`: read back by another library, the same values as CSV; a row group at a time in memory.
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { exampleEvaluation, exampleIds, exampleRun, exampleSample } from '../run/fixture/example-record.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { parquet } from './parquet.ts';
import { type ParquetRow, parquetPieces } from './parquet-table.ts';

async function fileOf(pieces: AsyncIterable<Uint8Array>): Promise<ArrayBuffer> {
  const bytes = Buffer.concat(await Array.fromAsync(pieces));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

describe('parquet export', () => {
  it('holds a typed row a sample, a column a score, and the rest of the run in the footer', async () => {
    const store = openSqliteStore(':memory:');
    await store.open(exampleRun(), [exampleEvaluation()]);
    const failed = exampleSample(1, {
      outcome: { status: 'failed', reason: 'timeout', message: 'no answer' },
      scores: [],
      goldRetrieved: false,
    });
    await store.append(exampleIds.evaluation, [exampleSample(0), failed], 0);
    const file = await fileOf(parquet.export(store, exampleIds.run));
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      run_id: exampleIds.run,
      task: 'sums',
      item: 0,
      output: ' 2 ☃',
      status: 'ok',
      failure_reason: null,
      gold_retrieved: null,
      ttft_ms: 10,
      started_at: new Date('2026-11-01T10:00:01.250Z'),
      exact_match: 1,
    });
    expect(rows[1]).toMatchObject({ failure_reason: 'timeout', gold_retrieved: false, exact_match: null });
    expect(JSON.parse(String(rows[0]?.requests))).toEqual(
      JSON.parse(JSON.stringify(exampleSample(0).requests)),
    );
    const footer = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === 'bancada')?.value;
    expect(JSON.parse(footer ?? '')).toMatchObject({
      run: { id: exampleIds.run },
      evaluations: [{ task: 'sums' }],
    });
  });

  it('of a run without a sample is a file without a row', async () => {
    const store = openSqliteStore(':memory:');
    await store.open(exampleRun(), [exampleEvaluation()]);
    expect(await parquetReadObjects({ file: await fileOf(parquet.export(store, exampleIds.run)) })).toEqual(
      [],
    );
  });
});

describe('a Parquet table', () => {
  const columns = [
    { name: 'n', type: 'INT32' },
    { name: 'text', type: 'STRING' },
  ] as const;

  it.each([
    ['rows', { rows: 100, characters: 1e9 }, 10],
    ['characters', { rows: 1e9, characters: 5_000 }, 2],
  ])('is written by the row group: limit of %s', async (_limit, limit, groups) => {
    let waiting = 0;
    let most = 0;
    async function* rows(): AsyncGenerator<ParquetRow> {
      for (let n = 0; n < 1_000; n += 1) {
        waiting += 1;
        most = Math.max(most, waiting);
        yield [n, 'ten chars.'];
      }
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of parquetPieces(columns, rows(), {}, limit)) {
      waiting = 0;
      pieces.push(piece);
    }
    expect(most).toBe(1_000 / groups);
    const joined = Buffer.concat(pieces);
    const file = joined.buffer.slice(joined.byteOffset, joined.byteOffset + joined.byteLength);
    expect(parquetMetadata(file).row_groups).toHaveLength(groups);
    const read = await parquetReadObjects({ file });
    expect(read.map(({ n }) => n)).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
  });
});
