// Downloads in every format: by `?format=` and by `Accept`, and what cannot be had.
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExampleRun, exampleRun } from '../fixture/example-run.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

let api: TestApi;
let run: ExampleRun;

beforeAll(async () => {
  api = await startTestApi();
  run = await exampleRun(api.services);
});
afterAll(() => api.close());

function get(part: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${api.url}/api/v1/runs/${run.runId}/${part}`, { headers });
}

async function parquetOf(answer: Response): Promise<Record<string, unknown>[]> {
  expect(answer.headers.get('content-type')).toBe('application/vnd.apache.parquet');
  return parquetReadObjects({ file: await answer.arrayBuffer() });
}

describe('Parquet', () => {
  test('of the samples holds what CSV holds', async () => {
    const rows = await parquetOf(await get('samples?format=parquet'));
    const csv: Record<string, string>[] = parse(await (await get('samples?format=csv&escape=none')).text(), {
      columns: true,
    });
    const asText = (value: unknown) => {
      if (value === null) return '';
      return value instanceof Date ? value.toISOString() : String(value);
    };
    const columns = Object.keys(csv[0] ?? {});
    expect(columns).toContain('exact_match');
    expect(
      rows.map((row) => Object.fromEntries(columns.map((column) => [column, asText(row[column])]))),
    ).toEqual(csv);
  });

  test('of metrics, hardware, logs and the whole run, by Accept', async () => {
    const accept = { accept: 'application/vnd.apache.parquet' };
    const metrics = await parquetOf(await get('metrics', accept));
    expect(metrics[0]).toMatchObject({ task: 'sums', metric: 'exact_match', value: 0.8, n: 5, ciLow: 0.6 });
    const hardware = await parquetOf(await get('hardware', accept));
    expect(hardware[0]).toMatchObject({
      node: 'bench-1',
      at: new Date('2026-11-01T10:00:00.000Z'),
      memoryUsedBytes: 1e9,
    });
    expect(JSON.parse(String(hardware[0]?.gpus))).toMatchObject([{ index: 0 }]);
    expect((await parquetOf(await get('logs', accept))).map(({ message }) => message)).toEqual([
      'planned',
      'slow',
    ]);
    expect(await parquetOf(await get('export', accept))).toHaveLength(12);
  });
});

test("lm-eval: the harness's keys, of one model or of all", async () => {
  const one = await get('export?format=lm-eval&model=alpha');
  expect(one.headers.get('content-disposition')).toBe('attachment; filename="results_example.json"');
  expect(await one.json()).toMatchObject({
    results: { sums: { alias: 'sums', 'exact_match,none': 0.8, 'exact_match_stderr,none': 0.1 } },
    'n-shot': { sums: 0 },
    model_name: 'alpha',
  });
  const all = (await (await get('export?format=lm-eval')).json()) as { results: object };
  expect(Object.keys(all.results)).toEqual(['sums@alpha', 'sums@beta']);
  const none = await get('export?format=lm-eval&model=nobody');
  expect([none.status, (await none.json()).detail]).toEqual([400, expect.stringContaining('alpha, beta')]);
});

describe('Accept', () => {
  test.each([
    ['text/csv', 'text/csv'],
    ['application/json;q=0.5, text/csv', 'text/csv'],
    ['application/pdf, application/*;q=0.8', 'application/json'],
    ['text/csv;q=0, application/jsonl', 'application/jsonl'],
    ['*/*', 'application/json'],
  ])('%s gives %s', async (accept, type) => {
    expect((await get('samples', { accept })).headers.get('content-type')).toMatch(type);
  });

  test('loses against ?format=', async () => {
    const answer = await get('samples?format=csv', { accept: 'application/json' });
    expect(answer.headers.get('content-type')).toMatch('text/csv');
  });

  test('of what cannot be had: 406 with what can', async () => {
    const answer = await get('hardware', { accept: 'application/pdf' });
    expect(answer.status).toBe(406);
    expect(await answer.json()).toMatchObject({
      status: 406,
      allowed: ['json', 'csv', 'jsonl', 'parquet'],
      detail: expect.stringContaining('parquet (application/vnd.apache.parquet)'),
    });
  });
});

test.each(['samples', 'metrics', 'hardware', 'logs', 'export'])('%s of an active run: 409', async (part) => {
  const { runId } = await exampleRun(api.services, { status: 'RUNNING' });
  const address = `${api.url}/api/v1/runs/${runId}/${part}?format=csv`;
  const refused = await fetch(address);
  expect([refused.status, refused.headers.get('content-type')]).toEqual([409, 'application/problem+json']);
  expect((await fetch(`${address}&partial=true`)).status).toBe(200);
});

test('security: CSV export: text that a spreadsheet would run gets a quote, numbers and other formats do not', async () => {
  const hostile = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx', 'plain', ' =1'];
  const { runId, evaluationIds } = await exampleRun(api.services, {
    models: ['alpha'],
    samples: hostile.length + 1,
    score: (item) => (item % 2 === 0 ? -0.5 : 1),
  });
  for (const [item, output] of hostile.entries()) {
    await api.services.prisma.sample.updateMany({
      where: { evaluationId: evaluationIds[0] ?? '', item },
      data: { output, input: output },
    });
  }
  await api.services.prisma.logLine.create({ data: { runId, level: 'info', message: '=cmd' } });
  const rowsOf = async (query: string): Promise<Record<string, string>[]> =>
    parse(await (await fetch(`${api.url}/api/v1/runs/${runId}/${query}`)).text(), { columns: true });
  for (const part of ['samples', 'export']) {
    const rows = (await rowsOf(`${part}?format=csv`)).slice(0, hostile.length);
    const wanted = hostile.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text));
    expect(rows.map(({ output }) => output)).toEqual(wanted);
    expect(rows.map(({ input }) => input)).toEqual(wanted);
    expect(rows[0]?.exact_match).toBe('-0.5');
    const plain = (await rowsOf(`${part}?format=csv&escape=none`)).slice(0, hostile.length);
    expect(plain.map(({ output }) => output)).toEqual(hostile);
  }
  expect((await rowsOf('logs?format=csv')).map(({ message }) => message)).toContain("'=cmd");
  const json = (await (await fetch(`${api.url}/api/v1/runs/${runId}/samples`)).json()) as {
    output: string;
  }[];
  expect(json[0]?.output).toBe(hostile[0]);
});
