// When each evaluation of a run was at work, told by the run's events.
import type { Pool } from 'pg';

/** `finishedAt` is null while it runs. */
export interface RunPhase {
  readonly label: string;
  readonly evaluationId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

/** In the order in which they began. */
export async function runPhases(pool: Pool, runId: string): Promise<RunPhase[]> {
  const { rows } = await pool.query<RunPhase>(
    `select e.id as "evaluationId", concat_ws(' · ', e.task, e.model, nullif(e.variant, 'closed-book')) as label,
       min(v."createdAt") filter (where v.type = 'evaluation.started') as "startedAt",
       case when e.status in ('SUCCEEDED', 'FAILED') then max(v."createdAt") filter (where v.type = 'evaluation.completed') end as "finishedAt"
     from "Evaluation" e join "RunEvent" v on v."runId" = e."runId" and v.type in ('evaluation.started', 'evaluation.completed')
       and v.payload->'evaluation'->>'id' = e.id::text
     where e."runId" = $1 group by e.id having min(v."createdAt") filter (where v.type = 'evaluation.started') is not null
     order by "startedAt", e.position`,
    [runId],
  );
  return rows;
}
