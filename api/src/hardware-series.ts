// Hardware samples of a stretch of time as series that a chart can draw.
import type { HardwareSample } from '@bancada/prisma';
import type { Pool } from 'pg';
import { thinned } from './lttb.ts';

/** One measurement over time, of a machine or of one worker; `at` in milliseconds since 1970. */
export interface HardwareSeries {
  /** Who measured; of several workers the first. */
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

// Longer than two samples apart: the worker has ended, and its memory with it.
const staleMs = 3_000;

/**
 * The series from `from` to `to`, each at most `maxPoints` long: one for each of the given workers, or, without any
 * given, one for each machine, whatever workers came and went on it; the memory of its workers is added up.
 */
export async function hardwareSeries(
  pool: Pool,
  span: { readonly from: Date; readonly to: Date; readonly workerIds?: readonly string[] | undefined },
  maxPoints: number,
): Promise<HardwareSeries[]> {
  const { rows } = await pool.query<Row>(
    `select h.*, w.node from "HardwareSample" h join "Worker" w on w.id = h."workerId"
     where h.at between $1 and $2 and ($3::uuid[] is null or h."workerId" = any ($3)) order by w.node, h.at`,
    [span.from, span.to, span.workerIds ?? null],
  );
  const series = new Map<string, GrowingSeries>();
  for (const row of rows) {
    const at = row.at.getTime();
    const { workerId, node } = row;
    for (const { metric, unit, value } of readings(row)) {
      const key = `${span.workerIds === undefined ? node : workerId}/${metric}`;
      const one: GrowingSeries = series.get(key) ?? {
        workerId,
        node,
        metric,
        unit,
        points: [],
        latest: new Map(),
      };
      one.latest.set(workerId, { at, value });
      one.points.push({ at, value: metric === 'processRss' ? sumOf(one.latest, at) : value });
      series.set(key, one);
    }
  }
  return [...series.values()].map(({ latest: _, ...one }) => ({
    ...one,
    points: thinned(one.points, maxPoints),
  }));
}

type Point = HardwareSeries['points'][number];

interface GrowingSeries extends HardwareSeries {
  readonly points: Point[];
  /** By worker. */
  readonly latest: Map<string, Point>;
}

function sumOf(latest: ReadonlyMap<string, Point>, now: number): number {
  return [...latest.values()].reduce((sum, { at, value }) => (now - at < staleMs ? sum + value : sum), 0);
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
