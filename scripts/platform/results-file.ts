// Leaves a finished run as results.sqlite in the root, for `show`, `compare` and `export`.
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

/** Downloads the run from the API; an earlier file is replaced whole. @throws Error when the API refuses or the folder cannot be written. */
export async function saveResults(address: string, runId: string, file: string): Promise<void> {
  const response = await fetch(`${address}/api/v1/runs/${runId}/export?format=sqlite`);
  if (!response.ok || response.body === null) throw new Error(`the API answered ${response.status}`);
  const half = `${file}.part`;
  await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(half));
  await rename(half, file);
}
