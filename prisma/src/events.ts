// The stream of a run: appended with what it tells of, replayed in order.
import type { RunEvent as CoreEvent, Progress } from '@bancada/core';
import type { PrismaClient, RunStatus } from '../generated/client.ts';
import { noticeChannel } from './notice.ts';
import type { PauseReason } from './pause-reason.ts';
import { query, type Sql } from './sql.ts';

/** A change of status that core does not tell of: queued, paused, resumed. */
export interface StatusEvent {
  readonly type: 'run.status';
  readonly status: RunStatus;
  readonly message?: string | undefined;
  /** Why a worker paused it: the message as values. */
  readonly pause?: PauseReason | undefined;
  readonly progress: Progress;
}

/** What is kept in a run's stream: core's events and {@link StatusEvent}. */
export type StreamEvent = CoreEvent | StatusEvent;

/** An event as it was kept. */
export interface StoredEvent {
  readonly runId: string;
  /** Counts up within a run, from 1, without a gap. */
  readonly sequence: number;
  readonly at: Date;
  readonly event: StreamEvent;
}

/**
 * Appends events and gives their sequences; listeners hear of the last one. Call it in the transaction that writes what the events tell of,
 * as its last statement: the run's row is locked from here to the commit, so sequences become visible in order.
 * @throws Error when there is no such run.
 */
export async function appendEvents(
  sql: Sql,
  runId: string,
  events: readonly StreamEvent[],
): Promise<number[]> {
  if (events.length === 0) return [];
  const rows = await query<{ sequence: string | bigint }>(
    sql,
    `with given as (select payload, position from json_array_elements($2::json) with ordinality as e (payload, position)),
     run as (update "Run" set sequence = sequence + $3::int where id = $1::uuid returning sequence - $3::int as before),
     written as (
       insert into "RunEvent" ("runId", sequence, type, payload, "createdAt")
       select $1::uuid, run.before + given.position, given.payload->>'type', given.payload::jsonb, clock_timestamp() from run, given
       returning sequence),
     told as materialized (
       select pg_notify($4::text, json_build_object('run', $1::text, 'sequence', max(sequence))::text) from written having count(*) > 0)
     select sequence, (select count(*) from told) from written order by sequence`,
    [runId, JSON.stringify(events), events.length, noticeChannel],
  );
  if (rows.length !== events.length) throw new Error(`there is no run ${runId} to append events to`);
  return rows.map((row) => Number(row.sequence));
}

/** Events read at a time by {@link replay}. */
const pageSize = 500;

/** What a run's stream holds after the given sequence (0: everything), oldest first. Memory does not grow with their number. */
export async function* replay(
  prisma: PrismaClient,
  runId: string,
  afterSequence = 0,
): AsyncGenerator<StoredEvent> {
  let after = afterSequence;
  while (true) {
    const rows = await prisma.runEvent.findMany({
      where: { runId, sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take: pageSize,
    });
    for (const { sequence, createdAt, payload } of rows) {
      after = Number(sequence);
      yield { runId, sequence: after, at: createdAt, event: payload as unknown as StreamEvent };
    }
    if (rows.length < pageSize) return;
  }
}
