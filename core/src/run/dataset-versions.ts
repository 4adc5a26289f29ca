// Which versions of its data sets a plan reads: what it takes to plan the same again after newer ones came.
import path from 'node:path';
import { findDataFolder } from '../dataset/data-folder.ts';
import { keptVersions } from '../dataset/versions.ts';
import type { Plan } from './plan.ts';

/** Data set name to version, for {@link PlanContext}'s `datasetVersions`. Without those that keep no versions, and those that a task asks for as `name@version`. */
export async function datasetVersionsOf({
  evaluations,
  context,
}: Pick<Plan, 'evaluations' | 'context'>): Promise<Readonly<Record<string, number>>> {
  const versions = new Map<string, number>();
  for (const { task } of evaluations) {
    const { name, version } = task.dataset;
    if (version === undefined || versions.has(name)) continue;
    if (path.posix.basename(String(task.config.dataset_path ?? '')).includes('@')) continue;
    const kept = await keptVersions(await findDataFolder(name, context.homes));
    if (kept.includes(version)) versions.set(name, version);
  }
  return Object.fromEntries(versions);
}
