// Short messages between processes over Postgres's LISTEN and NOTIFY: what changed, never the change itself.
import { query, type Sql } from './sql.ts';

/** The channel of every notice. */
export const noticeChannel = 'bancada_events';

/**
 * What changed. `run`: events up to this sequence can be read; `activity`: likewise; `hardware`: a worker wrote a hardware sample;
 * `playground`: chunks up to this sequence can be read; `playground-left`: nobody looks at it any more;
 * `intent`: somebody paused, resumed, cancelled or retried the run; `reconnected`: notices may have been lost, read what you follow again.
 */
export type Notice =
  | { readonly type: 'run'; readonly runId: string; readonly sequence: number }
  | { readonly type: 'activity'; readonly sequence: number }
  | { readonly type: 'hardware'; readonly workerId: string }
  | { readonly type: 'intent'; readonly runId: string }
  | { readonly type: 'playground'; readonly playgroundId: string; readonly sequence: number }
  | { readonly type: 'playground-left'; readonly playgroundId: string }
  | { readonly type: 'reconnected' };

/** A notice that is sent; `reconnected` arises at the listener. */
export type SentNotice = Exclude<Notice, { type: 'reconnected' }>;

/** Sends a notice: at once, or inside a transaction with its commit. */
export async function notify(sql: Sql, notice: SentNotice): Promise<void> {
  await query(sql, 'select pg_notify($1::text, $2::text)::text', [noticeChannel, encode(notice)]);
}

/** The payload on the wire: `{"run":…,"sequence":…}`, `{"activity":…}`, `{"hardware":…}`, `{"intent":…}`, `{"playground":…,"sequence":…}` or `{"left":…}`. */
export function encode(notice: SentNotice): string {
  switch (notice.type) {
    case 'run':
      return JSON.stringify({ run: notice.runId, sequence: notice.sequence });
    case 'activity':
      return JSON.stringify({ activity: notice.sequence });
    case 'hardware':
      return JSON.stringify({ hardware: notice.workerId });
    case 'intent':
      return JSON.stringify({ intent: notice.runId });
    case 'playground':
      return JSON.stringify({ playground: notice.playgroundId, sequence: notice.sequence });
    case 'playground-left':
      return JSON.stringify({ left: notice.playgroundId });
  }
}

/** The notice of a payload; undefined when it is none of ours. */
export function decode(payload: string): SentNotice | undefined {
  const wire: unknown = parse(payload);
  if (typeof wire !== 'object' || wire === null) return undefined;
  if ('run' in wire && 'sequence' in wire) {
    return { type: 'run', runId: String(wire.run), sequence: Number(wire.sequence) };
  }
  if ('activity' in wire) return { type: 'activity', sequence: Number(wire.activity) };
  if ('hardware' in wire) return { type: 'hardware', workerId: String(wire.hardware) };
  if ('intent' in wire) return { type: 'intent', runId: String(wire.intent) };
  if ('playground' in wire && 'sequence' in wire) {
    return { type: 'playground', playgroundId: String(wire.playground), sequence: Number(wire.sequence) };
  }
  if ('left' in wire) return { type: 'playground-left', playgroundId: String(wire.left) };
  return undefined;
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
