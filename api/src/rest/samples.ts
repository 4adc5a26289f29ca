// /api/v1/runs/{id}/samples: every sample, streamed.
import { exporters } from '@bancada/core';
import { PostgresReader } from '@bancada/prisma';
import { samplesCsv } from '../samples-csv.ts';
import { download } from './download.ts';
import { csvOptions, downloadAnswer, downloadQuery, formatOf } from './format.ts';
import type { Exchange, Route } from './route.ts';
import { downloadProblems, runPath, sampledRun } from './run-of-request.ts';

const formats = ['json', 'csv', 'jsonl', 'parquet'] as const;

/** `?format=json|csv|jsonl|parquet`. */
export const samplesRoute: Route = {
  method: 'GET',
  path: '/api/v1/runs/:id/samples',
  scope: 'read',
  doc: {
    summary: 'Every sample: prompt, answer, target, scores, tokens, timings',
    description:
      'Streamed, whatever their number. CSV and Parquet have one column a score; JSON holds every field.',
    tag: 'results',
    path: runPath,
    query: downloadQuery(formats),
    answers: { 200: downloadAnswer('Samples in planned order', formats) },
    problems: [...downloadProblems, 410],
  },
  handle: sendSamples,
};

async function sendSamples(exchange: Exchange): Promise<void> {
  const format = formatOf(exchange, formats);
  const options = csvOptions(exchange);
  const run = await sampledRun(exchange);
  const reader = new PostgresReader(exchange.services.pool, run.id);
  const pieces = {
    json: () => asList(exporters.jsonl.export(reader, run.id)),
    jsonl: () => exporters.jsonl.export(reader, run.id),
    parquet: () => exporters.parquet.export(reader, run.id),
    csv: () => samplesCsv(exchange.services.pool, run.id, options),
  }[format]();
  await download(exchange, format, `${run.name}-samples`, pieces);
}

async function* asList(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const piece of lines) {
    // A piece may hold several lines.
    yield separator + piece.trimEnd().replaceAll('\n', ',\n');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}
