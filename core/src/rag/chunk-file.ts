// The chunks of an index on disk: one JSON object a line, in index order.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseJson } from '../dataset/json-fault.ts';
import { readLines } from '../dataset/text-line.ts';
import type { Chunk } from './document.ts';

/** Writes chunks as they come; memory stays constant. */
export class ChunkWriter {
  readonly #stream: ReturnType<typeof createWriteStream>;

  constructor(file: string) {
    this.#stream = createWriteStream(file);
  }

  async add(chunks: readonly Chunk[]): Promise<void> {
    const lines = chunks.map((chunk) => `${JSON.stringify(chunk)}\n`).join('');
    if (!this.#stream.write(lines)) await once(this.#stream, 'drain');
  }

  /** Resolves when everything is in the file. */
  async close(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream);
  }
}

/** All chunks of an index. @throws BancadaError FILE_INVALID with file and line. */
export async function readChunks(file: string): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const { line, text } of readLines(file)) chunks.push(parseJson(text, file, line) as Chunk);
  return chunks;
}
