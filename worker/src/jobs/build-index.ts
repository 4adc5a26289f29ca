// Job build-index: builds the index of a RAG variant, so that runs find it ready.
import { openEmbedder, openRagPipeline, ragVariantSchema, resolveModel } from '@bancada/core';
import type { JobPayloads } from '@bancada/prisma';
import type { WorkerContext } from '../context.ts';

/** @throws BancadaError when the variant is wrong or a file is missing. */
export async function buildIndexJob(
  { variant }: JobPayloads['build-index'],
  { env, log }: WorkerContext,
): Promise<void> {
  const { homes, indexDirectory, secret, network } = env;
  const parsed = ragVariantSchema.parse(variant);
  const models = { homes, secret, network, baseDirectory: homes[0] ?? '.' };
  const pipeline = await openRagPipeline(parsed, {
    homes,
    indexDirectory,
    openEmbedder: async (spec) => openEmbedder(await resolveModel(spec, models)),
  });
  await pipeline.close();
  log.info(`the index of ${parsed.name} is ready`);
}
