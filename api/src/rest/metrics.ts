// /api/v1/runs/{id}/metrics: the aggregates of every evaluation.
import { metricsOf } from '../schema/metric.ts';
import { download } from './download.ts';
import { downloadAnswer, downloadQuery, formatOf } from './format.ts';
import type { Exchange, Route } from './route.ts';
import { downloadProblems, finishedRun, runPath } from './run-of-request.ts';
import { type TableColumn, tableFormats, tablePieces } from './table.ts';

/** `?format=json|csv|jsonl|parquet`. */
export const metricsRoute: Route = {
  method: 'GET',
  path: '/api/v1/runs/:id/metrics',
  scope: 'read',
  doc: {
    summary: 'The aggregates of every evaluation: value, n, standard error, 95 % interval',
    tag: 'results',
    path: runPath,
    query: downloadQuery(tableFormats),
    answers: { 200: downloadAnswer('One row a metric', tableFormats) },
    problems: downloadProblems,
  },
  handle: sendMetrics,
};

const columns: readonly TableColumn[] = [
  ['task', 'STRING'],
  ['model', 'STRING'],
  ['variant', 'STRING'],
  ['metric', 'STRING'],
  ['filter', 'STRING'],
  ['kind', 'STRING'],
  ['value', 'DOUBLE'],
  ['n', 'INT32'],
  ['stderr', 'DOUBLE'],
  ['ciLow', 'DOUBLE'],
  ['ciHigh', 'DOUBLE'],
  ['method', 'STRING'],
  ['higherIsBetter', 'BOOLEAN'],
  ['preliminary', 'BOOLEAN'],
];

async function sendMetrics(exchange: Exchange): Promise<void> {
  const format = formatOf(exchange, tableFormats);
  const run = await finishedRun(exchange);
  const evaluations = await exchange.services.prisma.evaluation.findMany({
    where: { runId: run.id },
    include: { metrics: true },
    orderBy: { position: 'asc' },
  });
  const rows = evaluations.flatMap(metricsOf).map((metric) => ({ ...metric }));
  await download(exchange, format, `${run.name}-metrics`, tablePieces(format, columns, once(rows), exchange));
}

async function* once<Page>(page: Page): AsyncGenerator<Page> {
  yield page;
}
