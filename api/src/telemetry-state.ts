// Metrics that are read from the database's tables when Prometheus asks.
import type { Pool } from 'pg';
import type { Registry } from 'prom-client';
import { registerRead } from './telemetry-metric.ts';

interface StateMetric {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** One row a series: a column for each label, and `value`. */
  readonly sql: string;
}

// However many tasks and models are registered: the newest of them.
const mostScores = 150;

// The newest finished value of each task, model and metric; of scores alone, of registered names alone, and not of runs that were
// cut short or made elsewhere.
const lastScores = (column: string) => `
  select task, model, metric, value from (
    select distinct on (e.task, e.model, m.metric) e.task, e.model, m.metric, ${column} as value, r."finishedAt"
    from "MetricValue" m join "Evaluation" e on e.id = m."evaluationId" join "Run" r on r.id = e."runId"
    where m.kind = 'score' and e.variant = 'closed-book' and r.status = 'SUCCEEDED' and r."limit" is null
      and r."importedAt" is null and exists (select 1 from "Task" t where t.name = e.task)
      and exists (select 1 from "Model" o where o.name = split_part(e.model, ':', 1))
    order by e.task, e.model, m.metric, r."finishedAt" desc, m.filter <> 'none') newest
  order by "finishedAt" desc, task, model, metric limit ${mostScores}`;

// The gates of the newest finished run of each registered suite.
const gates = `
  select suite, coalesce(g->'gate'->>'task', '') as task, coalesce(g->'gate'->>'model', '') as model,
    coalesce(g->'gate'->>'variant', '') as variant, coalesce(g->'gate'->>'metric', '') as metric,
    case when g->'gate' ? 'min' then 'min' when g->'gate' ? 'max' then 'max' else 'baseline' end as bound,
    min(case when (g->>'passed')::bool then 1 else 0 end) as value
  from (select distinct on (s.id) s.name as suite, r.gates from "Run" r join "Suite" s on s.id = r."suiteId"
        where r.status in ('SUCCEEDED', 'FAILED') and r."limit" is null and r."importedAt" is null
        order by s.id, r."finishedAt" desc) newest, jsonb_array_elements(newest.gates) g
  group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6 limit 150`;

// The newest sample of each living worker; a worker is a process, a node a machine.
const newestHardware = `
  select w.node, h.* from "Worker" w
  cross join lateral (select * from "HardwareSample" s where s."workerId" = w.id order by s.at desc limit 1) h
  where w."stoppedAt" is null and w."heartbeatAt" > now() - interval '5 minutes'`;

const perNode = (column: string) =>
  `select node, max("${column}") as value from (${newestHardware}) n where "${column}" is not null group by node`;

const perGpu = (member: string) => `
  select distinct on (node, gpu) node, g->>'index' as gpu, (g->>'${member}')::float8 as value
  from (${newestHardware}) n, jsonb_array_elements(n.gpus) g where g->>'${member}' is not null`;

const jobs = 'graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id';
const scoreLabels = ['task', 'model', 'metric'];

const stateMetrics: readonly StateMetric[] = [
  {
    name: 'bancada_jobs',
    help: 'Jobs in the queue by state',
    labels: ['queue', 'state'],
    sql: `select t.identifier as queue, case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed' else 'waiting' end as state,
            count(*)::int as value from ${jobs} group by 1, 2`,
  },
  {
    name: 'bancada_job_oldest_waiting_seconds',
    help: 'How long the job has waited that has waited longest',
    labels: ['queue'],
    sql: `select t.identifier as queue, extract(epoch from max(now() - j.run_at))::float8 as value from ${jobs}
          where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now() group by 1`,
  },
  {
    name: 'bancada_last_run_score_ratio',
    help: 'Newest value of a score',
    labels: scoreLabels,
    sql: lastScores('m.value'),
  },
  {
    name: 'bancada_last_run_score_ci_lower_ratio',
    help: 'Lower end of its 95 % interval',
    labels: scoreLabels,
    sql: lastScores('m."ciLow"'),
  },
  {
    name: 'bancada_last_run_score_ci_upper_ratio',
    help: 'Upper end of its 95 % interval',
    labels: scoreLabels,
    sql: lastScores('m."ciHigh"'),
  },
  {
    name: 'bancada_last_run_score_timestamp_seconds',
    help: 'When the run with the newest value ended',
    labels: scoreLabels,
    sql: lastScores('extract(epoch from r."finishedAt")::float8'),
  },
  {
    name: 'bancada_gate_passing',
    help: 'Whether the newest run of a suite keeps its gate: 1 or 0',
    labels: ['suite', 'task', 'model', 'variant', 'metric', 'bound'],
    sql: gates,
  },
  {
    name: 'bancada_worker_last_heartbeat_timestamp_seconds',
    help: 'Last heartbeat of the node',
    labels: ['node'],
    sql: `select node, extract(epoch from max("heartbeatAt"))::float8 as value from "Worker" where "stoppedAt" is null group by node`,
  },
  {
    name: 'bancada_node_cpu_utilization_ratio',
    help: 'Processor utilisation, 0 to 1',
    labels: ['node'],
    sql: perNode('cpu'),
  },
  {
    name: 'bancada_node_memory_used_bytes',
    help: 'Memory in use',
    labels: ['node'],
    sql: perNode('memoryUsedBytes'),
  },
  {
    name: 'bancada_node_memory_total_bytes',
    help: 'Memory that there is',
    labels: ['node'],
    sql: perNode('memoryTotalBytes'),
  },
  {
    name: 'bancada_node_disk_used_bytes',
    help: 'Disk in use where the home of the node lies',
    labels: ['node'],
    sql: perNode('diskUsedBytes'),
  },
  {
    name: 'bancada_node_disk_total_bytes',
    help: 'Disk that there is where the home of the node lies',
    labels: ['node'],
    sql: perNode('diskTotalBytes'),
  },
  {
    name: 'bancada_gpu_utilization_ratio',
    help: 'Utilisation, 0 to 1',
    labels: ['node', 'gpu'],
    sql: perGpu('utilization'),
  },
  {
    name: 'bancada_gpu_memory_used_bytes',
    help: 'Memory in use',
    labels: ['node', 'gpu'],
    sql: perGpu('memoryUsedBytes'),
  },
  { name: 'bancada_gpu_power_watts', help: 'Power draw', labels: ['node', 'gpu'], sql: perGpu('powerWatts') },
];

/** Registers the gauges; each is one statement a scrape. */
export function collectState(registry: Registry, pool: Pool): void {
  for (const { name, help, labels, sql } of stateMetrics) {
    registerRead(registry, { name, help, type: 'gauge' }, async () => {
      const { rows } = await pool.query<Record<string, string | number | null>>(sql);
      return rows
        .filter(({ value }) => value !== null)
        .map((row) => ({
          labels: Object.fromEntries(labels.map((label) => [label, String(row[label])])),
          value: Number(row.value),
        }));
    });
  }
}
