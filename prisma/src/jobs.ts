// The queue's jobs: their names, their payloads, and how one is put into the queue.
import { query, type Sql } from './sql.ts';

/** Payload by job name. Ids are UUIDs. */
export interface JobPayloads {
  /**
   * Expands the run's suite into evaluations and enqueues their shards; of a run that is planned already, the shards that have not ended.
   * `retryFailed`: evaluations that ended with failures as well.
   */
  readonly 'plan-run': { readonly runId: string; readonly retryFailed?: boolean };
  /** Executes one evaluation, or goes on with it. */
  readonly 'run-shard': {
    readonly runId: string;
    readonly evaluationId: string;
    readonly retryFailed?: boolean;
  };
  /** Aggregates, gates and the run's final status, once every evaluation has ended. */
  readonly 'finish-run': { readonly runId: string };
  /** `variant`: a RAG variant as in a suite's `rag:`. */
  readonly 'build-index': { readonly variant: Readonly<Record<string, unknown>> };
  /** Fetches a model from the Hugging Face Hub; what is to be fetched and how far it is stands in its row. */
  readonly 'download-model': { readonly modelId: string };
  /** Brings a data set from the Hugging Face Hub: what and how far is in its row of DatasetImport. */
  readonly 'import-dataset': { readonly importId: string };
  /** Answers somebody at the playground. */
  readonly playground: { readonly playgroundId: string };
  /** Frees the jobs of dead workers. */
  readonly reap: Readonly<Record<string, never>>;
  /** Deletes old events, logs and hardware samples. */
  readonly prune: Readonly<Record<string, never>>;
  /** Starts the runs of schedules that are due. */
  readonly schedule: Readonly<Record<string, never>>;
  /** Sends a notification to one browser. */
  readonly notify: { readonly notificationId: string; readonly subscriptionId: string };
  /** Sends a message to a webhook. */
  readonly 'deliver-webhook': { readonly deliveryId: string };
  /** Tells of machines whose disk is nearly full. */
  readonly 'watch-disks': Readonly<Record<string, never>>;
}

/** Any job's name. */
export type JobName = keyof JobPayloads;

/** Every job's name. */
export const jobNames = [
  'plan-run',
  'run-shard',
  'finish-run',
  'build-index',
  'import-dataset',
  'download-model',
  'playground',
  'reap',
  'prune',
  'schedule',
  'notify',
  'deliver-webhook',
  'watch-disks',
] as const satisfies readonly JobName[];

/** How a job waits and where it may run. */
export interface EnqueueOptions {
  /** Jobs of one queue run one after the other: the shards of one local model share one, so that weights load once. */
  readonly queue?: string | undefined;
  /** Lower runs first; default 0. */
  readonly priority?: number | undefined;
  /** A waiting job with the same key is replaced, so there is never more than one. */
  readonly jobKey?: string | undefined;
  /** Not before this time. */
  readonly runAt?: Date | undefined;
  /** Tries before the job is given up; default 25, as graphile-worker's. */
  readonly maxAttempts?: number | undefined;
  /** Labels that a worker must carry to take the job (`gpu`, `big-memory`). */
  readonly labels?: readonly string[] | undefined;
}

/**
 * Puts a job into the queue and gives its id. Inside a transaction (of pg or of Prisma) the job appears with the commit.
 * Needs the tables that `migrate` makes.
 */
export async function enqueue<Name extends JobName>(
  sql: Sql,
  name: Name,
  payload: JobPayloads[Name],
  options: EnqueueOptions = {},
): Promise<string> {
  const { queue, priority, jobKey, runAt, maxAttempts, labels } = options;
  const [row] = await query<{ id: string }>(
    sql,
    `select id::text from graphile_worker.add_job(identifier => $1::text, payload => $2::json, queue_name => $3::text,
       run_at => $4::timestamptz, max_attempts => $5::int, job_key => $6::text, priority => $7::int, flags => $8::text[])`,
    [
      name,
      JSON.stringify(payload),
      queue ?? null,
      runAt?.toISOString() ?? null,
      maxAttempts ?? null,
      jobKey ?? null,
      priority ?? null,
      labels === undefined || labels.length === 0 ? null : labels.map(labelFlag),
    ],
  );
  if (row === undefined) throw new Error(`the queue gave no id for the job ${name}`);
  return row.id;
}

/** The flag by which graphile-worker knows a label. */
export function labelFlag(label: string): string {
  return `needs:${label}`;
}

/** Flags of waiting jobs that a worker with these labels must leave alone: graphile-worker's `forbiddenFlags`. */
export async function forbiddenFlags(sql: Sql, labels: readonly string[]): Promise<string[]> {
  const rows = await query<{ flag: string }>(
    sql,
    `select distinct flag from graphile_worker._private_jobs, jsonb_object_keys(flags) flag
     where flags is not null and flag like 'needs:%' and not flag = any ($1::text[])`,
    [labels.map(labelFlag)],
  );
  return rows.map(({ flag }) => flag);
}
