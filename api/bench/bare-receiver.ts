// A server that brings the body of POST /store to a file on the disk, and throws that of POST /discard away: what any server on Node needs for an upload.
// node api/bench/bare-receiver.ts <folder> prints its port.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { finished, pipeline } from 'node:stream/promises';

const [folder = '.'] = process.argv.slice(2);
const server = createServer(async (request, response) => {
  const file = path.join(folder, `bare-${randomUUID()}`);
  if (request.url === '/store')
    await pipeline(request, createWriteStream(file, { highWaterMark: 1 << 20, flush: true }));
  else await finished(request.resume());
  response.end();
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
