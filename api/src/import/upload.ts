// The body of a request into a file: as it comes, no larger than allowed.
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../rest/problem.ts';

/** @throws Problem 413 beyond `maxBytes`; 400 when the client left. The file is the caller's to remove. */
export async function receiveFile(request: IncomingMessage, file: string, maxBytes: number): Promise<void> {
  const tooLarge = new Problem(413, `the file is over ${maxBytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge;
  let size = 0;
  try {
    await pipeline(
      request,
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
