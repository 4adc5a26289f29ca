// /api/v1/runs/{id}/logs: what the workers wrote, oldest first.
import { cursorRows } from '@bancada/prisma';
import { download } from './download.ts';
import { formatOf } from './format.ts';
import type { Exchange, Route } from './route.ts';
import { finishedRun } from './run-of-request.ts';
import { type TableRow, tablePieces } from './table.ts';

/** `?format=json|csv|jsonl`. */
export const logsRoute: Route = {
  method: 'GET',
  path: '/api/v1/runs/:id/logs',
  scope: 'read',
  handle: sendLogs,
};

async function sendLogs(exchange: Exchange): Promise<void> {
  const format = formatOf(exchange, ['json', 'csv', 'jsonl']);
  const { id, name } = await finishedRun(exchange);
  const pages = cursorRows<TableRow>(
    exchange.services.pool,
    'select "createdAt", level, message, "workerId" from "LogLine" where "runId" = $1 order by id',
    [id],
  );
  const columns = ['createdAt', 'level', 'message', 'workerId'];
  await download(exchange, format, `${name}-logs`, tablePieces(format, columns, pages, exchange));
}
