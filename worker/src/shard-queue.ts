// Where the shards of a run wait: those of local weights one after the other, those of remote endpoints side by side.
import type { PlannedEvaluation } from '@bancada/core';
import { enqueue, query, type Sql } from '@bancada/prisma';
import { isLocalModel } from './warm-models.ts';

/** How a shard waits. */
export interface ShardPlacement {
  /** Undefined for remote endpoints: their shards wait for nothing but a free slot. */
  readonly queue: string | undefined;
  readonly labels: readonly string[];
}

const tries = 8;

/** The label that binds a job to a machine. */
export function nodeLabel(node: string): string {
  return `node.${node}`;
}

/**
 * One queue a machine holds all its local models: two at once would disturb each other's timings, and as runs are
 * planned model by model, each is loaded once.
 */
export function placementOf(planned: PlannedEvaluation, node: string): ShardPlacement {
  if (!isLocalModel(planned.model)) return { queue: undefined, labels: [] };
  const { gpu_layers: layers } = planned.model.options;
  const gpu = typeof layers === 'number' && layers > 0 ? ['gpu'] : [];
  return { queue: `local/${node}`, labels: [nodeLabel(node), ...gpu] };
}

/** Puts a shard into its queue, once, with the priority that its run has now. */
export async function enqueueShard(
  sql: Sql,
  payload: { readonly runId: string; readonly evaluationId: string; readonly retryFailed?: boolean },
  { queue, labels }: ShardPlacement,
): Promise<void> {
  const jobKey = shardKey(payload.evaluationId);
  const [run] = await query<{ priority: number }>(sql, 'select priority from "Run" where id = $1::uuid', [
    payload.runId,
  ]);
  const priority = run?.priority ?? 0;
  await enqueue(sql, 'run-shard', payload, { queue, labels, jobKey, priority, maxAttempts: tries });
}

/**
 * Counts the tries of a shard's job from one again when samples were finished since the last of them: only what gets nowhere is given up.
 * The job's payload remembers how many there were.
 */
export async function forgiveTries(sql: Sql, jobId: string, evaluationId: string): Promise<void> {
  await query(
    sql,
    `update graphile_worker._private_jobs job
     set attempts = 1, payload = (job.payload::jsonb || jsonb_build_object('done', evaluation.done))::json
     from "Evaluation" evaluation where job.id = $1::bigint and evaluation.id = $2::uuid
       and evaluation.done > coalesce((job.payload->>'done')::int, 0)`,
    [jobId, evaluationId],
  );
}

/** The key of an evaluation's job. */
export function shardKey(evaluationId: string): string {
  return `shard/${evaluationId}`;
}
