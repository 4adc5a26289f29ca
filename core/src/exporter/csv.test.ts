// Exporter `csv`: read back by parsers that others wrote.
import { execFileSync } from 'node:child_process';
import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import { exampleEvaluation, exampleIds, exampleRun, exampleSample } from '../run/fixture/example-record.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { csv } from './csv.ts';
import type { ExportOptions } from './exporter.ts';

const odd = 'a "quote", a\nline\r\nend; \u2028 é ☃ 👩‍👩‍👧';
const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\0x'];

describe('csv export', () => {
  let store: ReturnType<typeof openSqliteStore>;
  const evaluation = exampleEvaluation({
    metrics: [
      { metric: 'exact_match', filter: 'none', aggregation: 'mean', higherIsBetter: true },
      { metric: 'exact_match', filter: 'strict', aggregation: 'mean', higherIsBetter: true },
    ],
  });
  const exported = async (options?: ExportOptions) =>
    (await Array.fromAsync(csv.export(store, exampleIds.run, options))).join('');
  const read = (text: string, delimiter = ',') =>
    parse(text, { columns: true, delimiter, bom: true }) as Record<string, string>[];

  beforeEach(async () => {
    store = openSqliteStore(':memory:');
    await store.open(exampleRun(), [evaluation]);
    const samples = formulas.map((input, item) => exampleSample(item, { input, output: odd }));
    await store.append(evaluation.id, samples, 0);
    const failure = { status: 'failed', reason: 'timeout', message: 'no answer' } as const;
    await store.append(evaluation.id, [exampleSample(formulas.length, { outcome: failure, scores: [] })], 0);
  });

  it('gives back every text as it was when nothing is escaped', async () => {
    const rows = read(await exported({ escape: 'none' }));
    expect(rows.slice(0, -1).map((row) => [row.input, row.output])).toEqual(
      formulas.map((input) => [input, odd]),
    );
  });

  it('puts a quote before text that a spreadsheet would run, and not before negative numbers', async () => {
    const rows = read(await exported());
    expect(rows.slice(0, -1).map((row) => row.input)).toEqual(formulas.map((input) => `'${input}`));
    const negative = exampleSample(50, { timing: { queueMs: -1, e2eMs: 2 } });
    await store.append(evaluation.id, [negative], 0);
    expect(read(await exported()).at(-1)).toMatchObject({ queue_ms: '-1', target: '2' });
  });

  it('has one column for each metric and filter, empty where there is no score', async () => {
    const rows = read(await exported());
    expect(rows[0]).toMatchObject({ exact_match: '1', 'exact_match,strict': '' });
    expect(rows[formulas.length]).toMatchObject({
      status: 'failed',
      failure_reason: 'timeout',
      exact_match: '',
    });
  });

  it('begins with a byte order mark and takes another delimiter when asked', async () => {
    const text = await exported({ bom: true, delimiter: ';' });
    expect(text.startsWith('\uFEFFrun_id;task;')).toBe(true);
    expect(read(text, ';').length).toBeGreaterThan(formulas.length);
  });

  it.each(['', ',,', '"', '\n'])('refuses the delimiter %j', async (delimiter) => {
    await expect(exported({ delimiter })).rejects.toThrow(/wrong CSV delimiter.*one character/);
  });

  it('names the known runs when the run is not there', async () => {
    await expect(Array.fromAsync(csv.export(store, 'run-2'))).rejects.toThrow(
      new RegExp(`unknown run "run-2".*${exampleIds.run}`),
    );
  });

  it("is read by Python's csv module", async ({ skip }) => {
    const script =
      'import csv, io, json, sys; print(json.dumps([r["output"] for r in csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode(), newline=""))]))';
    const input = await exported({ escape: 'none' });
    let printed: string;
    try {
      printed = execFileSync('python3', ['-c', script], { input: input.replaceAll('\0', '') }).toString();
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') skip('no python3 on this machine');
      throw thrown;
    }
    expect((JSON.parse(printed) as string[])[0]).toBe(odd);
  });
});
