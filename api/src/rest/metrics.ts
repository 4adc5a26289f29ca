// /api/v1/runs/{id}/metrics: the aggregates of every evaluation.
import { metricsOf } from '../schema/metric.ts';
import { download } from './download.ts';
import { formatOf } from './format.ts';
import type { Exchange, Route } from './route.ts';
import { finishedRun } from './run-of-request.ts';
import { tablePieces } from './table.ts';

/** `?format=json|csv|jsonl`. */
export const metricsRoute: Route = {
  method: 'GET',
  path: '/api/v1/runs/:id/metrics',
  scope: 'read',
  handle: sendMetrics,
};

const columns = [
  'task',
  'model',
  'variant',
  'metric',
  'filter',
  'kind',
  'value',
  'n',
  'stderr',
  'ciLow',
  'ciHigh',
  'method',
  'higherIsBetter',
  'preliminary',
] as const;

async function sendMetrics(exchange: Exchange): Promise<void> {
  const format = formatOf(exchange, ['json', 'csv', 'jsonl']);
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
