// Registers the models of the homes.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listModels, readGgufMetadata } from '@bancada/core';
import { load } from 'js-yaml';
import type { Prisma } from '../generated/client.ts';
import type { SeedContext } from './seed-context.ts';

/** The parts of a manifest that the listing leaves out. */
interface Manifest {
  readonly context_length?: number;
  readonly source?: string;
  readonly variants?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Gives how many there are. A faulty one is registered with its fault; one whose folder is gone is marked so. */
export async function seedModels(prisma: Prisma.TransactionClient, context: SeedContext): Promise<number> {
  const entries = await listModels(context.homes);
  for (const entry of entries) {
    if (entry.fault) context.fault(`model ${entry.name}: ${entry.fault}`);
    const manifest = await readManifest(entry.directory);
    const { provider = 'unknown', ...options } = Object.values(manifest.variants ?? {})[0] ?? {};
    const data = {
      kind: entry.kind ?? 'language',
      provider: String(provider),
      description: entry.description ?? null,
      options: options as Prisma.InputJsonObject,
      variants: [...entry.variants],
      parameters: entry.parameters ?? null,
      contextLength: manifest.context_length ?? null,
      licence: entry.licence ?? null,
      directory: path.resolve(entry.directory),
      // What somebody registered into the program's own home tells where it came from.
      bundled: context.isBundled(entry.directory) && manifest.source === undefined,
      source: manifest.source ?? null,
      metadata: await readMetadata(entry.directory, options.file),
      fault: entry.fault ?? null,
    };
    await prisma.model.upsert({
      where: { name: entry.name },
      create: { name: entry.name, ...data },
      update: data,
    });
  }
  await prisma.model.updateMany({
    where: { directory: { not: null }, name: { notIn: entries.map(({ name }) => name) } },
    data: { fault: 'its folder is gone' },
  });
  return entries.length;
}

/** What the header of a GGUF file says; nothing of other files and of those that cannot be read. */
async function readMetadata(directory: string, file: unknown): Promise<Prisma.InputJsonObject> {
  if (typeof file !== 'string' || !file.endsWith('.gguf')) return {};
  const found = await readGgufMetadata(path.resolve(directory, file)).catch(() => undefined);
  return JSON.parse(JSON.stringify(found ?? {})) as Prisma.InputJsonObject;
}

async function readManifest(directory: string): Promise<Manifest> {
  try {
    return (load(await readFile(path.join(directory, 'model.yaml'), 'utf8'), { json: true }) ??
      {}) as Manifest;
  } catch {
    // The listing tells the fault.
    return {};
  }
}
