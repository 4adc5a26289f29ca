// What tells one task from another: its version, and a hash of everything that can change its questions and scores.
import { createHash } from 'node:crypto';
import type { Dataset } from '../dataset/dataset.ts';
import type { TaskSplits } from './splits.ts';
import type { TaskConfig } from './task-schema.ts';

/** `metadata.version`, `0` when the task names none. */
export function versionOf({ metadata }: TaskConfig): string {
  const version = (metadata as { version?: unknown } | undefined)?.version;
  return version === undefined ? '0' : String(version);
}

/** SHA-256 over the resolved configuration, the hashes of the splits that are read, and the seed. */
export function fingerprintOf(
  resolved: Readonly<Record<string, unknown>>,
  dataset: Dataset,
  splits: TaskSplits,
  seed: number,
): string {
  const used = dataset.splits.filter(({ name }) => name === splits.evaluated || name === splits.fewshot);
  const identity = { resolved, data: used.map(({ name, sha256 }) => [name, sha256]), seed };
  return createHash('sha256').update(JSON.stringify(identity, sortedKeys)).digest('hex');
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
