// How many bytes an upload may have: by the length that it declares, and counted as it comes.
import type { IncomingMessage } from 'node:http';
import { Problem } from '../rest/problem.ts';

// Boundaries, headers and fields of the form beside the file.
const formBytes = 1024 * 1024;

/** @throws Problem 413 when the body's declared length is over what a file of `limit` bytes needs. */
export function checkDeclaredLength({ headers }: IncomingMessage, limit: number): void {
  if (Number(headers['content-length'] ?? 0) > limit + formBytes) throw overLimit(limit);
}

/**
 * A step of a pipeline that lets `limit` bytes through.
 * @throws Problem 413 at the first byte more.
 */
export function atMost(limit: number): (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array> {
  return async function* counted(chunks) {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > limit) throw overLimit(limit);
      yield chunk;
    }
  };
}

/** The problem for a body or a file that is too large. */
export function overLimit(limit: number, state: '' | ', unpacked' = ''): Problem {
  return new Problem(413, `the file is over the limit of ${limit} bytes${state}`, { limit });
}
