// /api/v1/runs/{id}/hardware: what the machines did while the run was at work, every sample of it.
import { cursorRows } from '@bancada/prisma';
import { download } from './download.ts';
import { downloadAnswer, downloadQuery, formatOf } from './format.ts';
import type { Exchange, Route } from './route.ts';
import { downloadProblems, finishedRun, runPath } from './run-of-request.ts';
import { type TableColumn, type TableRow, tableFormats, tablePieces } from './table.ts';

/** `?format=json|csv|jsonl|parquet`. */
export const hardwareRoute: Route = {
  method: 'GET',
  path: '/api/v1/runs/:id/hardware',
  scope: 'read',
  doc: {
    summary: 'What the machines did while the run was at work',
    description:
      'One row a worker and second: shares from 0 to 1, sizes in bytes, power in watts, `gpus` as JSON.',
    tag: 'results',
    path: runPath,
    query: downloadQuery(tableFormats),
    answers: { 200: downloadAnswer('Every sample of the hardware, oldest first', tableFormats) },
    problems: downloadProblems,
  },
  handle: sendHardware,
};

const columns: readonly TableColumn[] = [
  ['node', 'STRING'],
  ['workerId', 'STRING'],
  ['at', 'TIMESTAMP'],
  ['cpu', 'DOUBLE'],
  ['memoryUsedBytes', 'DOUBLE'],
  ['memoryTotalBytes', 'DOUBLE'],
  ['processRssBytes', 'DOUBLE'],
  ['diskUsedBytes', 'DOUBLE'],
  ['diskTotalBytes', 'DOUBLE'],
  ['temperatureC', 'DOUBLE'],
  ['cpuPowerWatts', 'DOUBLE'],
  ['gpus', 'JSON'],
];

async function sendHardware(exchange: Exchange): Promise<void> {
  const format = formatOf(exchange, tableFormats);
  const { name, startedAt, finishedAt, importedAt } = await finishedRun(exchange);
  const pages = cursorRows<TableRow>(
    exchange.services.pool,
    `select w.node, h.* from "HardwareSample" h join "Worker" w on w.id = h."workerId"
     where h.at between $1 and $2 and $3::timestamptz is null order by h.at, h."workerId"`,
    // An imported run was at work on another machine.
    [startedAt ?? new Date(), finishedAt ?? new Date(), importedAt],
  );
  await download(exchange, format, `${name}-hardware`, tablePieces(format, columns, pages, exchange));
}
