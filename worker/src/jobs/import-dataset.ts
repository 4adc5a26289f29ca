// Job import-dataset: files of the Hugging Face Hub become a version of a data set; how far it is stands in its row.

import path from 'node:path';
import { BancadaError, findHubDataset, type HubDatasetFiles, openHub } from '@bancada/core';
import { createPrismaClient, type DatasetImport, type JobPayloads, publishDataset } from '@bancada/prisma';
import type { WorkerContext } from '../context.ts';
import { ImportProgress } from '../import/import-progress.ts';
import { stageSplits } from '../import/stage-splits.ts';

/** What cannot be imported ends the import as failed, with its reason; the database's faults are tried again. */
export async function importDatasetJob(
  { importId }: JobPayloads['import-dataset'],
  context: WorkerContext,
): Promise<void> {
  const { pool, lease, log } = context;
  const progress = new ImportProgress(pool, lease, importId);
  const wanted = await progress.begin();
  if (wanted === undefined) return;
  const signal = AbortSignal.any([lease.lost, progress.cancelled]);
  try {
    const versionId = await bring(wanted, context, progress, signal);
    await progress.end({ status: 'SUCCEEDED', versionId });
    log.info(`${wanted.repo} is imported as ${wanted.name}`);
  } catch (thrown) {
    if (progress.cancelled.aborted) return;
    if (!(thrown instanceof BancadaError) || thrown.code === 'STORE_FAILED') throw thrown;
    log.warn(`${wanted.repo} cannot be imported: ${thrown.message}`);
    await progress.end({ status: 'FAILED', error: thrown.message });
  } finally {
    progress.close();
  }
}

async function bring(
  wanted: DatasetImport,
  { env, pool }: WorkerContext,
  progress: ImportProgress,
  signal: AbortSignal,
): Promise<string> {
  const home = env.homes[0] ?? '.';
  const { endpoint, token } = env.huggingFace;
  const cacheDirectory = path.join(home, 'cache', 'hub');
  const hub = openHub({ endpoint, token, network: env.network, cacheDirectory });
  const { repo, config, split, revision } = wanted;
  const request = { repo, revision, config: config ?? undefined, split: split ?? undefined };
  const found = await findHubDataset(hub, request, signal);
  const files = [...found.splits.values()].flat();
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  await progress.found(found.commit, totalBytes);
  await using staged = await stageSplits(hub, found, { home, progress, signal });
  progress.step('publishing');
  const prisma = createPrismaClient(pool);
  const { version } = await publishDataset(prisma, home, {
    name: wanted.name,
    licence: found.licence,
    source: sourceOf(endpoint, found),
    splits: staged.splits,
    keepOthers: split !== null,
  });
  return version.id;
}

/** An address that a person can open. */
function sourceOf(endpoint: string, { repository, commit }: HubDatasetFiles): string {
  return `${endpoint}/datasets/${repository.name}/tree/${commit}`;
}
