// /metrics: what Prometheus, its alerts and the dashboard ask for is there, and right at once after a restart.
import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type StoredMetricName, storedMetrics, TelemetryBatch } from '@bancada/prisma';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleRun } from './fixture/example-run.ts';
import { startTestApi, type TestApi } from './fixture/test-api.ts';
import { Telemetry } from './telemetry.ts';

const deploy = path.resolve(import.meta.dirname, '../../deploy');
const promtool = spawnSync('promtool', ['--version']).status === 0;
if (!promtool)
  process.stdout.write('promtool is not installed: its checks of metrics and alerts are left out\n');

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  const { prisma, pool } = api.services;
  const suite = await prisma.suite.create({ data: { name: 'nightly' } });
  await prisma.task.create({ data: { name: 'sums' } });
  for (const name of ['alpha', 'beta']) {
    await prisma.model.create({
      data: { name, kind: 'language', provider: 'scripted', options: {}, variants: [] },
    });
  }
  const { runId } = await exampleRun(api.services);
  await prisma.run.update({
    where: { id: runId },
    data: {
      suiteId: suite.id,
      gates: [
        {
          gate: { metric: 'exact_match', task: 'sums', model: 'alpha', min: 0.5 },
          passed: true,
          message: '',
        },
        {
          gate: { metric: 'exact_match', task: 'sums', model: 'beta', min: 0.9 },
          passed: false,
          message: '',
        },
      ],
    },
  });
  await prisma.hardwareSample.updateMany({ data: { diskUsedBytes: 10, diskTotalBytes: 100 } });
  const batch = new TelemetryBatch();
  for (const name of Object.keys(storedMetrics) as StoredMetricName[]) {
    const { type, labels } = storedMetrics[name];
    const values = labels.map((label) => `some ${label}`);
    if (type === 'counter') batch.add(name, values, 3);
    else batch.observe(name, values, 0.003, 0.2, 1_000_000);
  }
  await batch.write(pool);
  await api.query('{ runs { nodes { id } } }');
  await pool.query(`select graphile_worker.add_job('plan-run', run_at := now() - interval '10 minutes')`);
});
afterAll(() => api.close());

async function metrics(): Promise<string> {
  const answer = await fetch(`${api.url}/metrics`);
  expect(answer.headers.get('content-type')).toMatch('text/plain; version=0.0.4');
  return answer.text();
}

function seriesIn(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** Names that queries use, with what histograms add to theirs. */
function metricsOfQuery(query: string): string[] {
  return [...query.matchAll(/\b(?:bancada|process|nodejs)_\w+/g)].map(([name]) => name);
}

test('every metric of the contract is there, with its labels', async () => {
  const text = await metrics();
  for (const series of [
    'bancada_build_info{version="0.0.0"} 1',
    'bancada_http_request_duration_seconds_count{method="POST",route="/graphql",code="200"}',
    'bancada_graphql_operation_duration_seconds_count{operation="runs",type="query",outcome="ok"}',
    'bancada_jobs{queue="plan-run",state="waiting"} 1',
    'bancada_job_oldest_waiting_seconds{queue="plan-run"} 6',
    'bancada_job_wait_seconds_bucket{queue="some queue",le="0.05"} 1',
    'bancada_job_duration_seconds_count{queue="some queue",outcome="some outcome"} 3',
    'bancada_runs_total{outcome="some outcome"} 3',
    'bancada_runs_total{outcome="failed"} 0',
    'bancada_samples_total{task="some task",model="some model",outcome="some outcome"} 3',
    'bancada_request_duration_seconds_bucket{model="some model",le="+Inf"} 3',
    'bancada_time_to_first_token_seconds_sum{model="some model"} 1000000.203',
    'bancada_inter_token_latency_seconds_bucket{model="some model",le="0.25"} 2',
    'bancada_tokens_total{model="some model",direction="some direction"} 3',
    'bancada_request_errors_total{model="some model",type="some type"} 3',
    'bancada_retrieval_duration_seconds_count{index="some index",stage="some stage"} 3',
    'bancada_last_run_score_ratio{task="sums",model="alpha",metric="exact_match"} 0.8',
    'bancada_last_run_score_ci_lower_ratio{task="sums",model="alpha",metric="exact_match"} 0.6',
    'bancada_last_run_score_ci_upper_ratio{task="sums",model="alpha",metric="exact_match"} 0.95',
    `bancada_last_run_score_timestamp_seconds{task="sums",model="alpha",metric="exact_match"} ${Date.parse('2026-11-01T10:01:00Z') / 1000}`,
    'bancada_gate_passing{suite="nightly",task="sums",model="alpha",variant="",metric="exact_match",bound="min"} 1',
    'bancada_gate_passing{suite="nightly",task="sums",model="beta",variant="",metric="exact_match",bound="min"} 0',
    'bancada_node_cpu_utilization_ratio{node="bench-1"}',
    'bancada_node_memory_used_bytes{node="bench-1"} 1000000000',
    'bancada_node_disk_used_bytes{node="bench-1"} 10',
    'bancada_node_disk_total_bytes{node="bench-1"} 100',
    'bancada_gpu_utilization_ratio{node="bench-1",gpu="0"} 0.5',
    'bancada_gpu_memory_used_bytes{node="bench-1",gpu="0"}',
    '# TYPE bancada_gpu_power_watts gauge',
    'bancada_gpu_energy_joules_total{node="some node",gpu="some gpu"} 3',
    'bancada_worker_last_heartbeat_timestamp_seconds{node="bench-1"}',
    'process_cpu_seconds_total',
    'nodejs_eventloop_lag_seconds',
    '# TYPE bancada_runs_total counter',
    '# TYPE bancada_job_wait_seconds histogram',
    '# TYPE bancada_subscriptions_active gauge',
  ]) {
    expect(text).toContain(series);
  }
});

test('counters are the same in a process that has just started', async () => {
  const stored = (text: string) =>
    seriesIn(text)
      .filter((line) => Object.keys(storedMetrics).some((name) => line.startsWith(name)))
      .toSorted();
  const before = stored(await metrics());
  const restarted = new Telemetry(api.services.pool, '0.0.0');
  expect(stored(await restarted.registry.metrics())).toEqual(before);
  expect(before.length).toBeGreaterThan(50);
});

test('a run that is cancelled while it waits counts as cancelled, and stays counted when it is deleted', async () => {
  const { id } = await api.services.prisma.run.create({ data: { name: 'waits', config: '' } });
  await api.query('mutation ($id: ID!) { cancelRun(id: $id) { __typename } }', { id });
  expect(await metrics()).toContain('bancada_runs_total{outcome="cancelled"} 1');
  await api.query('mutation ($id: ID!) { deleteRun(id: $id) { __typename } }', { id });
  expect(await metrics()).toContain('bancada_runs_total{outcome="cancelled"} 1');
});

describe('what reads them', () => {
  test('every metric that the dashboard and the alerts ask for exists', async () => {
    const dashboard = JSON.parse(
      await readFile(path.join(deploy, 'grafana/dashboards/bancada.json'), 'utf8'),
    );
    const queries: string[] = dashboard.panels.flatMap((panel: { targets: { expr: string }[] }) =>
      panel.targets.map(({ expr }) => expr),
    );
    const alerts = await readFile(path.join(deploy, 'prometheus/alerts.yml'), 'utf8');
    queries.push(
      ...[...alerts.matchAll(/expr: ([\s\S]*?)\n {8}(?:for|labels):/g)].map(([, expr = '']) => expr),
    );
    expect(queries.length).toBeGreaterThan(30);
    const text = await metrics();
    const told = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    for (const name of queries.flatMap(metricsOfQuery)) {
      const base = told.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');
      expect(told, name).toContain(base);
    }
  });

  test.skipIf(!promtool)('promtool finds nothing wrong with the metrics', async () => {
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: await metrics(), encoding: 'utf8' });
    expect([checked.status, checked.stdout, checked.stderr]).toEqual([0, '', '']);
  });

  test.skipIf(!promtool)(
    'promtool finds nothing wrong with the alerts, and each fires when it should',
    async () => {
      const folder = path.join(deploy, 'prometheus');
      const run = promisify(execFile);
      await expect(run('promtool', ['check', 'rules', 'alerts.yml'], { cwd: folder })).resolves.toBeDefined();
      await expect(
        run('promtool', ['test', 'rules', 'alerts.test.yml'], { cwd: folder }),
      ).resolves.toBeDefined();
      await expect(
        run('promtool', ['check', 'config', '--syntax-only', 'prometheus.yml'], { cwd: folder }),
      ).resolves.toBeDefined();
    },
  );
});

test('security: metrics and logs: fewer than 5,000 series after 1,000 runs, and no text of a user in a label', async () => {
  const { pool } = api.services;
  await pool.query(
    `with made as (
       insert into "Run" (id, name, config, status, "finishedAt")
       select gen_random_uuid(), 'CANARY-run-' || n, 'CANARY', 'SUCCEEDED', now() from generate_series(1, 1000) n returning id, name),
     cells as (
       insert into "Evaluation" (id, "runId", position, task, model, variant, "outputType", "numFewshot", fingerprint, record)
       select gen_random_uuid(), id, 0, 'CANARY-task-' || name, 'CANARY-model-' || name, 'closed-book', 'chat', 0, '', '{}' from made returning id)
     insert into "MetricValue" ("evaluationId", metric, filter, kind, value, n, method, "higherIsBetter")
     select id, 'exact_match', 'none', 'score', 1, 1, 'none', true from cells`,
  );
  // As many series as workers could ever write: every registered task with every model.
  const batch = new TelemetryBatch();
  for (let model = 0; model < 100; model += 1) {
    for (const name of Object.keys(storedMetrics) as StoredMetricName[]) {
      const { type, labels } = storedMetrics[name];
      for (let task = 0; task < 10; task += 1) {
        const values = labels.map((label) => `${label} ${model} ${task}`);
        if (type === 'counter') batch.add(name, values);
        else batch.observe(name, values, 1);
      }
    }
  }
  await batch.write(pool);
  const text = await metrics();
  expect(seriesIn(text).length).toBeLessThan(5_000);
  expect(seriesIn(text).length).toBeGreaterThan(1_000);
  expect(text).not.toContain('CANARY');
});
