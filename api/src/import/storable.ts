// A record of a results file as Postgres can keep it, under the ids of its rows here.
import { createHash } from 'node:crypto';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A copy in which every text that is a key of `ids` is its value; U+0000 and halves of surrogate pairs, which Postgres keeps in no
 * text, become U+FFFD.
 */
export function storable<Value>(value: Value, ids: ReadonlyMap<string, string>): Value {
  return rewritten(value, ids) as Value;
}

function rewritten(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value.toWellFormed().replaceAll('\0', '\u{fffd}');
  if (Array.isArray(value)) return value.map((part) => rewritten(part, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [rewritten(key, new Map()), rewritten(part, ids)]),
  );
}

/** The id of an evaluation's row: a UUID stays, another id always becomes the same UUID within its run. */
export function rowId(runId: string, id: string): string {
  if (uuid.test(id)) return id;
  const hash = createHash('sha256').update(`${runId}\n${id}`).digest('hex');
  // RFC 9562, version 8: bits of our own.
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
