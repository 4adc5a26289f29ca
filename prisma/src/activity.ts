// The one stream for the lists: what happened to runs, data sets and workers.
import type { PrismaClient } from '../generated/client.ts';
import { noticeChannel } from './notice.ts';
import { query, type Sql } from './sql.ts';

/** What happened. */
export type ActivityKind =
  | 'run.created'
  | 'run.progress'
  | 'run.status'
  | 'run.deleted'
  | 'model.changed'
  | 'dataset.changed'
  | 'import.progress'
  | 'worker.started'
  | 'worker.stopped'
  | 'notification.created'
  | 'notification.read'
  | 'schedule.changed';

/** One thing that happened: to a run, to a data set or its import, or to a worker. */
export interface NewActivity {
  readonly kind: ActivityKind;
  readonly runId?: string | undefined;
  readonly workerId?: string | undefined;
}

/** A line of the stream. */
export interface ActivityEntry extends NewActivity {
  readonly sequence: number;
  readonly at: Date;
}

// Held from the append to the commit, so that sequences become visible in order: a reader that has seen n misses nothing below.
const orderLock = 7_208_002;

/** Appends to the stream and gives the sequence; listeners hear of it. In a transaction, call it as the last statement. */
export async function appendActivity(sql: Sql, { kind, runId, workerId }: NewActivity): Promise<number> {
  const [row] = await query<{ sequence: string | bigint }>(
    sql,
    `with held as materialized (select pg_advisory_xact_lock($5::int)),
     written as (
       insert into "Activity" (kind, "runId", "workerId")
       select $1::text, $2::uuid, $3::uuid from held returning sequence),
     told as materialized (
       select pg_notify($4::text, json_build_object('activity', sequence)::text) from written)
     select sequence, (select count(*) from told) from written`,
    [kind, runId ?? null, workerId ?? null, noticeChannel, orderLock],
  );
  return Number(row?.sequence);
}

/** What the stream holds after the given sequence, oldest first, at most `limit`. */
export async function replayActivity(
  prisma: PrismaClient,
  afterSequence: number,
  limit = 500,
): Promise<ActivityEntry[]> {
  const rows = await prisma.activity.findMany({
    where: { sequence: { gt: afterSequence } },
    orderBy: { sequence: 'asc' },
    take: limit,
  });
  return rows.map(({ sequence, kind, runId, workerId, createdAt }) => ({
    sequence: Number(sequence),
    at: createdAt,
    kind: kind as ActivityKind,
    runId: runId ?? undefined,
    workerId: workerId ?? undefined,
  }));
}
