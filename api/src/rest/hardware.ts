// /api/v1/runs/{id}/hardware: what the machines did while the run was at work, every sample of it.
import { cursorRows } from '@bancada/prisma';
import { download } from './download.ts';
import { formatOf } from './format.ts';
import type { Exchange, Route } from './route.ts';
import { finishedRun } from './run-of-request.ts';
import { type TableRow, tablePieces } from './table.ts';

/** `?format=json|csv|jsonl`. */
export const hardwareRoute: Route = {
  method: 'GET',
  path: '/api/v1/runs/:id/hardware',
  scope: 'read',
  handle: sendHardware,
};

const columns = [
  'node',
  'workerId',
  'at',
  'cpu',
  'memoryUsedBytes',
  'memoryTotalBytes',
  'processRssBytes',
  'diskUsedBytes',
  'diskTotalBytes',
  'temperatureC',
  'cpuPowerWatts',
  'gpus',
];

async function sendHardware(exchange: Exchange): Promise<void> {
  const format = formatOf(exchange, ['json', 'csv', 'jsonl']);
  const { name, startedAt, finishedAt } = await finishedRun(exchange);
  const pages = cursorRows<TableRow>(
    exchange.services.pool,
    `select w.node, h.* from "HardwareSample" h join "Worker" w on w.id = h."workerId"
     where h.at between $1 and $2 order by h.at, h."workerId"`,
    [startedAt ?? new Date(), finishedAt ?? new Date()],
  );
  await download(exchange, format, `${name}-hardware`, tablePieces(format, columns, pages, exchange));
}
