// Job download-model: the files of a model come from the Hugging Face Hub into its folder; broken off, it goes on where it stopped.
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import {
  BancadaError,
  bringFile,
  type GgufMetadata,
  type HubFile,
  type ManifestInput,
  openHub,
  readGgufMetadata,
  removeModelFolder,
  toError,
  writeManifest,
} from '@bancada/core';
import { appendActivity, type JobPayloads, type ModelDownload } from '@bancada/prisma';
import type { WorkerContext } from '../context.ts';
import { fenced } from '../transaction.ts';

/** How often progress is written, in milliseconds. */
const tellEveryMs = 500;

interface ModelRow {
  readonly name: string;
  readonly kind: NonNullable<ManifestInput['kind']>;
  readonly description: string | null;
  readonly licence: string | null;
  readonly source: string | null;
  readonly download: ModelDownload | null;
}

/** See {@link JobPayloads}. What the Hub refuses fails the model, not the job. @throws when the worker ends: the queue gives the job to another. */
export function downloadModelJob(
  { modelId }: JobPayloads['download-model'],
  context: WorkerContext,
): Promise<void> {
  return context.active.hold(modelId, async ({ signal }) => {
    const { pool, log } = context;
    const { rows } = await pool.query<ModelRow>(
      'select name, kind, description, licence, source, download from "Model" where id = $1',
      [modelId],
    );
    const model = rows[0];
    if (!model?.download) return;
    try {
      log.info(`${model.name}: fetched from ${model.source}`);
      await fetchModel(modelId, model, model.download, context, signal);
      log.info(`${model.name}: its weights are here`);
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof BancadaError) || thrown.code === 'STORE_FAILED') throw thrown;
      log.error(`${model.name}: ${toError(thrown).message}`);
      await tell(context, modelId, { ...model.download, state: 'failed', message: thrown.message });
    }
  });
}

async function fetchModel(
  id: string,
  model: ModelRow,
  download: ModelDownload,
  context: WorkerContext,
  signal: AbortSignal,
): Promise<void> {
  const { env } = context;
  const home = env.homes[0] ?? '.';
  const hub = openHub({ ...env.huggingFace, network: env.network, cacheDirectory: path.join(home, 'hub') });
  const repository = { type: 'model', name: download.repository } as const;
  const listed = await hub.list(repository, download.commit, signal);
  const files = listed.filter((file) => download.files.includes(file.path));
  const folder = path.join(home, 'models', model.name);
  const progress = new Progress(context, id, { ...download, state: 'downloading', message: undefined });
  try {
    for (const file of files) {
      const onBytes = (bytes: number) => progress.at(file, bytes);
      const cached = await hub.download(repository, download.commit, file, { signal, onBytes });
      progress.done(file);
      const target = path.join(folder, path.dirname(file.path));
      await mkdir(target, { recursive: true });
      await bringFile(await realpath(cached), target, path.basename(file.path));
    }
  } finally {
    // What is still being written must not overtake the end that is told next.
    await progress.end();
  }
  const weights = download.options.file;
  const metadata =
    typeof weights === 'string' ? await readGgufMetadata(path.join(folder, weights)) : undefined;
  await finish(context, id, model, download, folder, metadata);
}

async function finish(
  { pool, lease }: WorkerContext,
  id: string,
  model: ModelRow,
  { provider, options }: ModelDownload,
  folder: string,
  metadata: GgufMetadata | undefined,
): Promise<void> {
  const licence = model.licence ?? metadata?.licence;
  await writeManifest(folder, {
    kind: model.kind,
    description: model.description ?? undefined,
    licence,
    parameters: metadata?.parameters,
    context_length: metadata?.contextLength,
    source: model.source ?? undefined,
    variants: { default: { provider, ...options } },
  });
  const known = await fenced(pool, lease, async (client) => {
    const updated = await client.query(
      `update "Model" set directory = $2, parameters = $3, "contextLength" = $4, licence = $5, metadata = $6,
         fault = null, download = null, "updatedAt" = now() where id = $1`,
      [
        id,
        folder,
        metadata?.parameters ?? null,
        metadata?.contextLength ?? null,
        licence ?? null,
        JSON.stringify(metadata ?? {}),
      ],
    );
    await appendActivity(client, { kind: 'model.changed' });
    return updated.rowCount === 1;
  });
  // It was deleted while its weights came.
  if (!known) await removeModelFolder(path.dirname(path.dirname(folder)), model.name);
}

/** Writes how far a download is, not more often than people can read. */
class Progress {
  readonly #context: WorkerContext;
  readonly #id: string;
  #download: ModelDownload;
  #before = 0;
  #told = Number.NEGATIVE_INFINITY;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(context: WorkerContext, id: string, download: ModelDownload) {
    this.#context = context;
    this.#id = id;
    this.#download = download;
  }

  at(file: HubFile, bytes: number): void {
    if (performance.now() - this.#told < tellEveryMs) return;
    this.#told = performance.now();
    this.#download = { ...this.#download, file: file.path, bytes: this.#before + bytes };
    const { id, download } = { id: this.#id, download: this.#download };
    // What is not written now is written half a second later.
    this.#writing = this.#writing.then(() => tell(this.#context, id, download)).catch(() => undefined);
  }

  done({ size }: HubFile): void {
    this.#before += size;
  }

  end(): Promise<unknown> {
    return this.#writing;
  }
}

async function tell({ pool, lease }: WorkerContext, id: string, download: ModelDownload): Promise<void> {
  await fenced(pool, lease, async (client) => {
    await client.query('update "Model" set download = $2, "updatedAt" = now() where id = $1', [
      id,
      JSON.stringify(download),
    ]);
    await appendActivity(client, { kind: 'model.changed' });
  });
}
