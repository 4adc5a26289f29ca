// The identity of a configuration: one hash, the same whatever the order of its keys.
import { createHash } from 'node:crypto';

/** SHA-256 (hex) of a value as JSON with sorted keys; undefined members are left out, as JSON does. */
export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
