// A server that does nothing but bring a body to a file on the disk: what any server on Node needs for an upload.
// node api/bench/bare-receiver.ts <folder> prints its port.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

const [folder = '.'] = process.argv.slice(2);
const server = createServer(async (request, response) => {
  const file = path.join(folder, `bare-${randomUUID()}`);
  await pipeline(request, createWriteStream(file, { highWaterMark: 1 << 20, flush: true }));
  response.end();
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
