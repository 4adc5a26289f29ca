// /api/v1/runs/{id}/export: the whole run as one file.
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { exporters } from '@bancada/core';
import { PostgresReader } from '@bancada/prisma';
import { samplesCsv } from '../samples-csv.ts';
import { writeSqlite } from '../sqlite-export.ts';
import { download, fileName } from './download.ts';
import { csvOptions, formatOf, mediaTypes } from './format.ts';
import type { Exchange, Route } from './route.ts';
import { finishedRun } from './run-of-request.ts';

/** `?format=json|csv|jsonl|markdown|sqlite`. */
export const exportRoute: Route = {
  method: 'GET',
  path: '/api/v1/runs/:id/export',
  scope: 'read',
  handle: sendExport,
};

async function sendExport(exchange: Exchange): Promise<void> {
  const format = formatOf(exchange, ['json', 'csv', 'jsonl', 'markdown', 'sqlite']);
  const options = csvOptions(exchange);
  const run = await finishedRun(exchange);
  const reader = new PostgresReader(exchange.services.pool, run.id);
  if (format === 'sqlite') await sendSqlite(exchange, reader, run);
  else if (format === 'csv') {
    await download(exchange, format, run.name, samplesCsv(exchange.services.pool, run.id, options));
  } else await download(exchange, format, run.name, exporters[format].export(reader, run.id));
}

// SQLite files are not written from front to back: made on disk, then sent.
async function sendSqlite(
  { response }: Exchange,
  reader: PostgresReader,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'bancada-export-'));
  try {
    const file = path.join(directory, 'results.sqlite');
    await writeSqlite(reader, id, file);
    response.writeHead(200, {
      'content-type': mediaTypes.sqlite,
      'content-length': (await stat(file)).size,
      'content-disposition': `attachment; filename="${fileName(name)}.sqlite"`,
      'cache-control': 'no-store',
    });
    await pipeline(createReadStream(file), response);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
