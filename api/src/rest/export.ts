// /api/v1/runs/{id}/export: the whole run as one file.
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BancadaError, exporters } from '@bancada/core';
import { PostgresReader } from '@bancada/prisma';
import { z } from 'zod';
import { samplesCsv } from '../samples-csv.ts';
import { writeSqlite } from '../sqlite-export.ts';
import { download, fileName } from './download.ts';
import { csvOptions, downloadAnswer, downloadQuery, formatOf, mediaTypes } from './format.ts';
import { Problem } from './problem.ts';
import type { Exchange, Route } from './route.ts';
import { downloadProblems, finishedRun, runPath, sampledRun } from './run-of-request.ts';

const formats = ['json', 'csv', 'jsonl', 'parquet', 'markdown', 'sqlite', 'lm-eval'] as const;

// Nothing but samples; the others hold what is kept for good as well.
const sampleFormats: ReadonlySet<string> = new Set(['csv', 'jsonl', 'parquet']);

/** `?format=json|csv|jsonl|parquet|markdown|sqlite|lm-eval`. */
export const exportRoute: Route = {
  method: 'GET',
  path: '/api/v1/runs/:id/export',
  scope: 'read',
  doc: {
    summary: 'The whole run as one file',
    description:
      "`sqlite` is the command line's results file, `lm-eval` lm-evaluation-harness's `results_*.json`; Parquet holds the samples as rows and the rest in its footer.",
    tag: 'results',
    path: runPath,
    query: downloadQuery(formats).extend({
      model: z.string().optional().describe('lm-eval: the results of one model alone'),
      variant: z.string().optional().describe('lm-eval: the results of one variant alone'),
    }),
    answers: { 200: downloadAnswer('The run', formats) },
    problems: [...downloadProblems, 410],
  },
  handle: sendExport,
};

async function sendExport(exchange: Exchange): Promise<void> {
  const format = formatOf(exchange, formats);
  const options = csvOptions(exchange);
  const run = await (sampleFormats.has(format) ? sampledRun(exchange) : finishedRun(exchange));
  const reader = new PostgresReader(exchange.services.pool, run.id);
  if (format === 'sqlite') await sendSqlite(exchange, reader, run);
  else if (format === 'csv') {
    await download(exchange, format, run.name, samplesCsv(exchange.services.pool, run.id, options));
  } else if (format === 'lm-eval') await sendLmEval(exchange, reader, run);
  else await download(exchange, format, run.name, exporters[format].export(reader, run.id));
}

// Small: made whole, so that a model that is not there is still told as a problem.
async function sendLmEval(
  exchange: Exchange,
  reader: PostgresReader,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const [model, variant] = ['model', 'variant'].map((key) => exchange.url.searchParams.get(key) ?? undefined);
  try {
    const pieces = await Array.fromAsync(exporters['lm-eval'].export(reader, id, { model, variant }));
    await download(exchange, 'lm-eval', `results_${name}`, Readable.from(pieces));
  } catch (thrown) {
    if (thrown instanceof BancadaError) throw new Problem(400, thrown.message);
    throw thrown;
  }
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
