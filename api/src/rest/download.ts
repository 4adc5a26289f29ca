// Streams text or bytes as an answer: as fast as the client reads, with memory that does not grow.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Format, mediaTypes } from './format.ts';
import type { Exchange } from './route.ts';

// Pieces are joined to this size before they are written: a write for each row would cost more than the row.
const blockCharacters = 64 * 1024;

/** Answers with the pieces. A client that leaves ends the reading. HEAD gets the headers alone. */
export async function download(
  { request, response }: Exchange,
  format: Format,
  name: string,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  response.writeHead(200, {
    'content-type': mediaTypes[format],
    'content-disposition': `attachment; filename="${fileName(name)}.${extensions[format]}"`,
    'cache-control': 'no-store',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(blocks(pieces), { objectMode: true, highWaterMark: 2 }), response);
  } catch (thrown) {
    if (!response.destroyed) throw thrown;
  }
}

async function* blocks(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
  let parts: string[] = [];
  let size = 0;
  for await (const piece of pieces) {
    if (typeof piece === 'string') {
      parts.push(piece);
      size += piece.length;
      if (size < blockCharacters) continue;
    }
    if (size > 0) yield parts.join('');
    parts = [];
    size = 0;
    if (typeof piece !== 'string') yield piece;
  }
  if (size > 0) yield parts.join('');
}

const extensions: Readonly<Record<Format, string>> = {
  csv: 'csv',
  json: 'json',
  jsonl: 'jsonl',
  parquet: 'parquet',
  markdown: 'md',
  sqlite: 'sqlite',
  'lm-eval': 'json',
};

/** A name that every file system takes. */
export function fileName(name: string): string {
  return (
    name
      .normalize('NFKD')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[-.]+|-+$/g, '')
      .slice(0, 80) || 'run'
  );
}
