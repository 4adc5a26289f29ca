// /api/v1/runs/{id}/logs: what the workers wrote, oldest first.
import { cursorRows } from '@bancada/prisma';
import { download } from './download.ts';
import { downloadAnswer, downloadQuery, formatOf } from './format.ts';
import type { Exchange, Route } from './route.ts';
import { downloadProblems, finishedRun, runPath } from './run-of-request.ts';
import { type TableColumn, type TableRow, tableFormats, tablePieces } from './table.ts';

/** `?format=json|csv|jsonl|parquet`. */
export const logsRoute: Route = {
  method: 'GET',
  path: '/api/v1/runs/:id/logs',
  scope: 'read',
  doc: {
    summary: 'What the workers wrote about the run',
    tag: 'results',
    path: runPath,
    query: downloadQuery(tableFormats),
    answers: { 200: downloadAnswer('Log lines, oldest first', tableFormats) },
    problems: downloadProblems,
  },
  handle: sendLogs,
};

const columns: readonly TableColumn[] = [
  ['createdAt', 'TIMESTAMP'],
  ['level', 'STRING'],
  ['message', 'STRING'],
  ['workerId', 'STRING'],
];

async function sendLogs(exchange: Exchange): Promise<void> {
  const format = formatOf(exchange, tableFormats);
  const { id, name } = await finishedRun(exchange);
  const pages = cursorRows<TableRow>(
    exchange.services.pool,
    'select "createdAt", level, message, "workerId" from "LogLine" where "runId" = $1 order by id',
    [id],
  );
  await download(exchange, format, `${name}-logs`, tablePieces(format, columns, pages, exchange));
}
