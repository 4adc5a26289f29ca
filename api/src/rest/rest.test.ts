// REST, health, metrics and the dashboard's files, over HTTP on a real Postgres.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gzipSync } from 'node:zlib';
import { openSqliteStore } from '@bancada/core';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExampleRun, exampleRun } from '../fixture/example-run.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

let api: TestApi;
let run: ExampleRun;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bancada-rest-'));
  const dashboard = path.join(folder, 'dist');
  await mkdir(path.join(dashboard, 'build'), { recursive: true });
  await writeFile(path.join(dashboard, 'index.html'), '<!doctype html><title>Bancada</title>');
  await writeFile(
    path.join(dashboard, 'build', 'q-Dk3x9_aB.js'),
    `export const text = '${'x'.repeat(5_000)}';`,
  );
  await writeFile(path.join(dashboard, 'build', 'q-pre55555.js'), 'plain');
  await writeFile(path.join(dashboard, 'build', 'q-pre55555.js.gz'), gzipSync('packed'));
  await writeFile(path.join(dashboard, 'service-worker.js'), '// worker');
  api = await startTestApi({ metricsToken: 'letmein', dashboard });
  run = await exampleRun(api.services);
});
afterAll(() => api.close());

function get(route: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(api.url + route, { headers });
}

describe('samples', () => {
  test('as CSV: one row a sample, RFC 4180, formulas harmless', async () => {
    const answer = await get(`/api/v1/runs/${run.runId}/samples?format=csv`);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toContain('example-samples.csv');
    const text = await answer.text();
    const rows: Record<string, string>[] = parse(text, { columns: true, record_delimiter: '\r\n' });
    expect(rows).toHaveLength(12);
    expect(rows[0]).toMatchObject({
      model: 'alpha',
      item: '0',
      prediction: '1',
      output: ' 1 "quoted"',
      exact_match: '1',
      status: 'ok',
    });
    expect(rows[3]?.prediction).toBe(`'=HYPERLINK("http://x")`);
    expect(rows[5]).toMatchObject({ status: 'failed', failure_reason: 'timeout', exact_match: '' });
  });

  test('as CSV for other tables: delimiter, byte order mark, no escape', async () => {
    const answer = await get(`/api/v1/runs/${run.runId}/samples?format=csv&delimiter=;&bom=1&escape=none`);
    const text = Buffer.from(await answer.arrayBuffer()).toString();
    expect(text.startsWith('\uFEFFrun_id;task;')).toBe(true);
    expect(text).toContain(';"=HYPERLINK(""http://x"")";');
  });

  test('as JSON and JSON Lines', async () => {
    const json = (await (await get(`/api/v1/runs/${run.runId}/samples`)).json()) as unknown[];
    expect(json).toHaveLength(12);
    expect(json[0]).toMatchObject({
      item: 0,
      scores: [{ metric: 'exact_match', value: 1 }],
      timing: { interTokenMs: [4, 6] },
    });
    const lines = (
      await (await get(`/api/v1/runs/${run.runId}/samples`, { accept: 'application/jsonl' })).text()
    )
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(json);
  });

  test('of an active run: 409 unless a part will do', async () => {
    const { runId } = await exampleRun(api.services, { status: 'RUNNING' });
    const refused = await get(`/api/v1/runs/${runId}/samples`);
    expect(refused.status).toBe(409);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({
      status: 409,
      title: 'Conflict',
      detail: expect.stringContaining('partial=true'),
    });
    expect((await get(`/api/v1/runs/${runId}/samples?partial=true`)).status).toBe(200);
  });

  test.each([
    ['?format=xlsx', {}, 400],
    ['?format=csv&delimiter=ab', {}, 400],
    ['?format=csv&escape=some', {}, 400],
    ['', { accept: 'application/pdf' }, 406],
  ])('refuse %s %j', async (query, headers, status) => {
    expect((await get(`/api/v1/runs/${run.runId}/samples${query}`, headers)).status).toBe(status);
  });
});

test('metrics, hardware and logs as tables', async () => {
  const metrics = (await (await get(`/api/v1/runs/${run.runId}/metrics`)).json()) as unknown[];
  expect(metrics).toHaveLength(4);
  const hardware = parse(await (await get(`/api/v1/runs/${run.runId}/hardware?format=csv`)).text(), {
    columns: true,
  }) as Record<string, string>[];
  expect(hardware.filter(({ workerId }) => workerId === run.workerId)).toHaveLength(60);
  expect(hardware[0]).toMatchObject({ node: 'bench-1', cpu: '0', at: '2026-11-01T10:00:00.000Z' });
  const logs = (await (await get(`/api/v1/runs/${run.runId}/logs?format=jsonl`)).text())
    .trimEnd()
    .split('\n');
  expect(logs.map((line) => JSON.parse(line).message)).toEqual(['planned', 'slow']);
});

describe('the whole run', () => {
  test('as Markdown and JSON', async () => {
    const markdown = await (await get(`/api/v1/runs/${run.runId}/export?format=markdown`)).text();
    expect(markdown).toContain('# example');
    expect(markdown).toContain('| sums | alpha | exact_match |');
    const json = (await (await get(`/api/v1/runs/${run.runId}/export?format=json`)).json()) as {
      samples: unknown[];
    };
    expect(json.samples).toHaveLength(12);
  });

  test('as a results file of the command line', async () => {
    const answer = await get(`/api/v1/runs/${run.runId}/export?format=sqlite`);
    const file = path.join(folder, 'results.sqlite');
    await writeFile(file, Buffer.from(await answer.arrayBuffer()));
    const store = openSqliteStore(file, { mustExist: true });
    const [stored] = await store.runs();
    expect(stored).toMatchObject({ id: run.runId, status: 'succeeded' });
    const evaluations = await store.evaluations(run.runId);
    expect(evaluations).toHaveLength(2);
    const samples = await Array.fromAsync(store.samples(evaluations[0]?.id ?? ''));
    expect(samples).toHaveLength(6);
    expect(await store.gates(run.runId)).toHaveLength(1);
    await store.close();
  });
});

describe('runs', () => {
  test('are listed with a link to the next page', async () => {
    await exampleRun(api.services);
    const first = await get('/api/v1/runs?first=1');
    expect(await first.json()).toHaveLength(1);
    const next = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = (await (await get(next)).json()) as { id: string }[];
    expect(second).toHaveLength(1);
    expect((await get('/api/v1/runs?first=0')).status).toBe(400);
    expect((await get('/api/v1/runs?after=x')).status).toBe(400);
  });

  test('tell one with its metrics, and 404 for none', async () => {
    expect(await (await get(`/api/v1/runs/${run.runId}`)).json()).toMatchObject({
      id: run.runId,
      evaluations: [{ model: 'alpha' }, { model: 'beta' }],
    });
    const none = await get('/api/v1/runs/nonsense');
    expect([none.status, none.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });

  test('are started by a POST, 202 with the place; faults are 422 with issues', async () => {
    const suite = 'name: sums\nmodels: [{provider: scripted, answer: "1"}]\ntasks: [tiny-arithmetic]\n';
    const post = (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${api.url}/api/v1/runs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const answer = await post({ suite, limit: 3 });
    expect(answer.status).toBe(202);
    expect((await get(answer.headers.get('location') ?? '')).status).toBe(200);
    const urgent = await post({ suite, limit: 3, priority: -7 });
    const { id } = (await urgent.json()) as { id: string };
    expect(await api.database.prisma.run.findUnique({ where: { id } })).toMatchObject({ priority: -7 });
    const far = await post({ suite, priority: 1001 });
    expect([far.status, await far.json()]).toMatchObject([
      400,
      { issues: [{ path: 'priority', value: 1001 }] },
    ]);
    const wrong = await post({ suite: suite.replace('tiny', 'tinny') });
    expect([wrong.status, await wrong.json()]).toEqual([
      422,
      expect.objectContaining({
        issues: [expect.objectContaining({ path: 'tasks[0]', value: 'tinny-arithmetic' })],
      }),
    ]);
    expect((await post({ sweet: suite })).status).toBe(400);
    const words = await post({ suite, limit: 'ten' });
    expect([words.status, await words.json()]).toEqual([
      400,
      expect.objectContaining({
        detail: 'limit: Invalid input: expected number, received string (given: "ten")',
        issues: [expect.objectContaining({ path: 'limit', value: 'ten' })],
      }),
    ]);
    await api.database.prisma.suite.create({ data: { name: 'quickstart' } });
    const misspelt = await post({ suite: 'quikstart' });
    expect([misspelt.status, await misspelt.json()]).toEqual([
      404,
      expect.objectContaining({
        detail: expect.stringContaining('suite: unknown suite "quikstart", did you mean "quickstart"?'),
        issues: [expect.objectContaining({ path: 'suite', value: 'quikstart' })],
      }),
    ]);
    const flow = '{name: sums, models: [{provider: scripted, answer: "1"}], tasks: [tiny-arithmetic]}';
    expect((await post({ suite: flow, limit: 1 })).status).toBe(202);
    expect((await post({ suite }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ suite }, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post({ suite: 'x'.repeat(2_000_000) })).status).toBe(413);
  });
});

test('a stretch of a data set, of registered ones alone', async () => {
  await api.database.prisma.dataset.create({ data: { name: 'tiny-facts' } });
  expect(await (await get('/api/v1/datasets/tiny-facts/rows?limit=2&offset=1')).json()).toMatchObject({
    offset: 1,
    rows: [{}, {}],
  });
  expect((await get('/api/v1/datasets/..%2F..%2Fetc/rows')).status).toBe(404);
  expect((await get('/api/v1/datasets/tiny-facts/rows?split=nothing')).status).toBe(422);
});

test('probes: up at once, ready once a worker beats', async () => {
  expect((await get('/healthz')).status).toBe(200);
  expect(await (await get('/readyz')).json()).toMatchObject({
    checks: { database: 'ok', migrations: 'ok', worker: 'ok' },
  });
  await api.database.prisma.worker.updateMany({ data: { stoppedAt: new Date() } });
  expect((await get('/readyz')).status).toBe(503);
  await api.database.prisma.worker.updateMany({ data: { stoppedAt: null } });
});

test('Prometheus reads with the token; no id and no text is in a label', async () => {
  expect((await get('/metrics')).status).toBe(401);
  await get(`/api/v1/runs/${run.runId}`);
  const text = await (await get('/metrics', { authorization: 'Bearer letmein' })).text();
  for (const name of [
    'bancada_build_info',
    'bancada_http_request_duration_seconds_bucket',
    'bancada_runs_total{outcome="succeeded"}',
    'bancada_node_cpu_utilization_ratio{node="bench-1"}',
    'bancada_gpu_utilization_ratio{node="bench-1",gpu="0"} 0.5',
    'process_resident_memory_bytes',
  ]) {
    expect(text).toContain(name);
  }
  expect(text).toContain('route="/api/v1/runs/:id"');
  expect(text).not.toContain(run.runId);
});

test('the form of a suite is published', async () => {
  expect(await (await get('/schema/suite.json')).json()).toMatchObject({
    required: ['name', 'models', 'tasks'],
  });
});

describe("the dashboard's files", () => {
  test('hashed ones are kept forever and compressed, the shell is asked for each time', async () => {
    const script = await raw('/build/q-Dk3x9_aB.js', { 'accept-encoding': 'br' });
    expect(script.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
    });
    expect(brotliDecompressSync(script.body).toString()).toContain('xxxx');
    const ready = await raw('/build/q-pre55555.js', { 'accept-encoding': 'gzip' });
    expect(ready.headers['content-encoding']).toBe('gzip');
    expect(ready.body).toEqual(gzipSync('packed'));
    expect((await get('/service-worker.js')).headers.get('cache-control')).toBe('no-cache');
  });

  test('unknown paths get the shell, with a policy that lets no foreign script in', async () => {
    const answer = await get(`/runs/${run.runId}`, { accept: 'text/html' });
    expect(await answer.text()).toContain('<title>Bancada</title>');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect((await get('/api/v1/nothing')).status).toBe(404);
  });
});

test('GraphiQL is there, from our own server, with examples', async () => {
  const page = await (await get('/graphql', { accept: 'text/html' })).text();
  expect(page).toContain('LatestRuns');
  expect(page).not.toMatch(/src="https?:/);
});

// fetch would decompress.
function raw(
  route: string,
  headers: Record<string, string>,
): Promise<{ headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(api.url + route, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}
