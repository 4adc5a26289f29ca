// The JSON body of a request.
import type { IncomingMessage } from 'node:http';
import { isAllowedOrigin } from '../origin.ts';
import { Problem } from './problem.ts';

const maxBytes = 1024 * 1024;
// What a client may still send before the connection is cut.
const maxReadBytes = 16 * maxBytes;

/** @throws Problem 403 (another site's page), 400 (no JSON), 413 (over 1 MiB), 415. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  if (!isAllowedOrigin(request)) throw new Problem(403, 'the request comes from another site');
  if (!/^application\/(?:[\w.+-]+\+)?json\b/.test(request.headers['content-type'] ?? '')) {
    throw new Problem(415, 'the body has to be application/json');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // Read to its end all the same: a client that is still sending would not hear the answer.
    if (size <= maxBytes) chunks.push(chunk);
    else if (size > maxReadBytes) break;
  }
  if (size > maxBytes) throw new Problem(413, `the body is over ${maxBytes} bytes`);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new Problem(400, 'the body is no JSON');
  }
}
