// Hardware samples of a stretch of time as series that a chart can draw.
import type { HardwareSample } from '@bancada/prisma';
import type { Pool } from 'pg';
import { thinned } from './lttb.ts';

/** One measurement of one worker over time; `at` in milliseconds since 1970. */
export interface HardwareSeries {
  readonly workerId: string;
  readonly node: string;
  readonly metric: string;
  readonly unit: 'ratio' | 'bytes' | 'celsius' | 'watts';
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

interface Row extends HardwareSample {
  readonly node: string;
}

type Unit = HardwareSeries['unit'];

const columns: readonly (readonly [metric: string, unit: Unit, column: keyof HardwareSample])[] = [
  ['cpu', 'ratio', 'cpu'],
  ['memory', 'bytes', 'memoryUsedBytes'],
  ['processRss', 'bytes', 'processRssBytes'],
  ['disk', 'bytes', 'diskUsedBytes'],
  ['temperature', 'celsius', 'temperatureC'],
  ['cpuPower', 'watts', 'cpuPowerWatts'],
];

const gpuMembers: readonly (readonly [metric: string, unit: Unit, member: string])[] = [
  ['utilization', 'ratio', 'utilization'],
  ['memory', 'bytes', 'memoryUsedBytes'],
  ['power', 'watts', 'powerWatts'],
  ['temperature', 'celsius', 'temperatureC'],
];

/** The series of the given workers (all when undefined) from `from` to `to`, each at most `maxPoints` long. */
export async function hardwareSeries(
  pool: Pool,
  span: { readonly from: Date; readonly to: Date; readonly workerIds?: readonly string[] | undefined },
  maxPoints: number,
): Promise<HardwareSeries[]> {
  const { rows } = await pool.query<Row>(
    `select h.*, w.node from "HardwareSample" h join "Worker" w on w.id = h."workerId"
     where h.at between $1 and $2 and ($3::uuid[] is null or h."workerId" = any ($3)) order by h."workerId", h.at`,
    [span.from, span.to, span.workerIds ?? null],
  );
  const series = new Map<string, HardwareSeries & { points: { at: number; value: number }[] }>();
  for (const row of rows) {
    for (const { metric, unit, value } of readings(row)) {
      const key = `${row.workerId}/${metric}`;
      const { workerId, node } = row;
      const one = series.get(key) ?? { workerId, node, metric, unit, points: [] };
      one.points.push({ at: row.at.getTime(), value });
      series.set(key, one);
    }
  }
  return [...series.values()].map((one) => ({ ...one, points: thinned(one.points, maxPoints) }));
}

function* readings(row: Row): Generator<{ metric: string; unit: Unit; value: number }> {
  for (const [metric, unit, column] of columns) {
    const value = row[column];
    if (typeof value === 'number') yield { metric, unit, value };
  }
  for (const gpu of row.gpus as Record<string, unknown>[]) {
    for (const [metric, unit, member] of gpuMembers) {
      const value = gpu[member];
      if (typeof value === 'number') yield { metric: `gpu${gpu.index}.${metric}`, unit, value };
    }
  }
}
