// Metrics that are read from the database when Prometheus asks.
import type { Pool } from 'pg';
import { Gauge, type Registry } from 'prom-client';

interface StateMetric {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** One row a series: a column for each label, and `value`. */
  readonly sql: string;
}

// The newest finished value of each task, model and metric; of scores alone, and not of runs that were cut short.
const lastScores = (column: string) => `
  select distinct on (e.task, e.model, m.metric) e.task, e.model, m.metric, ${column} as value
  from "MetricValue" m join "Evaluation" e on e.id = m."evaluationId" join "Run" r on r.id = e."runId"
  where m.kind = 'score' and e.variant = 'closed-book' and r.status = 'SUCCEEDED' and r."limit" is null
  order by e.task, e.model, m.metric, r."finishedAt" desc`;

// The newest sample of each living worker.
const newestHardware = `
  select w.node, h.* from "Worker" w
  cross join lateral (select * from "HardwareSample" s where s."workerId" = w.id order by s.at desc limit 1) h
  where w."stoppedAt" is null and w."heartbeatAt" > now() - interval '5 minutes'`;

const perGpu = (member: string) => `
  select distinct on (node, gpu) node, g->>'index' as gpu, (g->>'${member}')::float8 as value
  from (${newestHardware}) n, jsonb_array_elements(n.gpus) g where g->>'${member}' is not null`;

const scoreLabels = ['task', 'model', 'metric'];

const stateMetrics: readonly StateMetric[] = [
  {
    name: 'bancada_jobs',
    help: 'Jobs in the queue by state',
    labels: ['queue', 'state'],
    sql: `select t.identifier as queue, case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed' else 'waiting' end as state,
            count(*)::int as value
          from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id group by 1, 2`,
  },
  {
    name: 'bancada_runs_total',
    help: 'Finished runs by outcome',
    labels: ['outcome'],
    sql: `select lower(status::text) as outcome, count(*)::int as value from "Run" where status in ('SUCCEEDED', 'FAILED', 'CANCELLED') group by 1`,
  },
  {
    name: 'bancada_samples_total',
    help: 'Samples kept, by task, model and outcome',
    labels: ['task', 'model', 'outcome'],
    sql: `select task, model, outcome, sum(n)::float8 as value from (
            select task, model, 'ok' as outcome, done - failed as n from "Evaluation" union all
            select task, model, 'failed', failed from "Evaluation") s group by 1, 2, 3`,
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
    name: 'bancada_worker_last_heartbeat_timestamp_seconds',
    help: 'Last heartbeat of the node',
    labels: ['node'],
    sql: `select node, extract(epoch from max("heartbeatAt"))::float8 as value from "Worker" where "stoppedAt" is null group by node`,
  },
  {
    name: 'bancada_node_cpu_utilization_ratio',
    help: 'Processor utilisation, 0 to 1',
    labels: ['node'],
    sql: `select node, max(cpu) as value from (${newestHardware}) n group by node`,
  },
  {
    name: 'bancada_node_memory_used_bytes',
    help: 'Memory in use',
    labels: ['node'],
    sql: `select node, max("memoryUsedBytes") as value from (${newestHardware}) n group by node`,
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

/** Registers the metrics; each is one statement a scrape. */
export function collectState(registry: Registry, pool: Pool): void {
  for (const { name, help, labels, sql } of stateMetrics) {
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      async collect() {
        const { rows } = await pool.query<Record<string, string | number | null>>(sql);
        this.reset();
        for (const row of rows) {
          if (row.value === null) continue;
          this.set(Object.fromEntries(labels.map((label) => [label, String(row[label])])), Number(row.value));
        }
      },
    });
  }
}
