// What a request sends into a file: as it comes, no larger than allowed.
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../rest/problem.ts';

/**
 * `declared` are the bytes that the client said it would send, 0 when it said nothing. The file is the caller's to remove.
 * @throws Problem 413 beyond `maxBytes`; 400 when the client left.
 */
export async function receiveFile(
  stream: Readable,
  file: string,
  maxBytes: number,
  declared: number,
): Promise<void> {
  const tooLarge = new Problem(413, `the file is over ${maxBytes} bytes`);
  if (declared > maxBytes) throw tooLarge;
  let size = 0;
  try {
    await pipeline(
      stream,
      async function* limited(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          if (size > maxBytes) throw tooLarge;
          yield chunk;
        }
      },
      createWriteStream(file, { mode: 0o600 }),
    );
  } catch (thrown) {
    if (thrown === tooLarge || (thrown as NodeJS.ErrnoException).code === 'ENOSPC') throw thrown;
    throw new Problem(400, 'the body ended before its time');
  }
}
