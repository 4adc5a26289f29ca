// The jobs that a worker executes: one file and one line each.
import type { JobPayloads } from '@bancada/prisma';
import type { WorkerContext } from '../context.ts';
import { buildIndexJob } from './build-index.ts';
import { deliverWebhookJob } from './deliver-webhook.ts';
import { downloadModelJob } from './download-model.ts';
import { finishRunJob } from './finish-run.ts';
import { importDatasetJob } from './import-dataset.ts';
import { notifyJob } from './notify.ts';
import { planRunJob } from './plan-run.ts';
import { playgroundJob } from './playground.ts';
import { pruneJob } from './prune.ts';
import { reapJob } from './reap.ts';
import { runShardJob } from './run-shard.ts';
import { scheduleJob } from './schedule.ts';
import { watchDisksJob } from './watch-disks.ts';

/** Executes a job of one name. What it throws makes the queue try again later. */
export type JobHandler<Name extends keyof JobPayloads> = (
  payload: JobPayloads[Name],
  context: WorkerContext,
  jobId: string,
) => Promise<void>;

/** Short jobs that must never wait behind long ones. */
export const controlJobs = {
  'plan-run': planRunJob,
  'finish-run': finishRunJob,
  'build-index': buildIndexJob,
  reap: reapJob,
  prune: pruneJob,
  schedule: scheduleJob,
  notify: notifyJob,
  'deliver-webhook': deliverWebhookJob,
  'watch-disks': watchDisksJob,
} satisfies { readonly [Name in keyof JobPayloads]?: JobHandler<Name> };

/** Somebody waits and looks at them: never behind runs. */
export const playgroundJobs = {
  playground: playgroundJob,
} satisfies { readonly [Name in keyof JobPayloads]?: JobHandler<Name> };

/** Long jobs, as many at once as the worker may do. */
export const shardJobs = {
  'run-shard': runShardJob,
  'download-model': downloadModelJob,
  'import-dataset': importDatasetJob,
} satisfies { readonly [Name in keyof JobPayloads]?: JobHandler<Name> };
