// Distribution of one measurement over the samples of evaluations, counted by the database.
import type { Pool } from 'pg';

/** Counts between edges; edges are one more than counts. Percentiles are of all values, not of the bins. */
export interface Histogram {
  readonly measurement: string;
  readonly unit: 'ms' | 'score';
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
}

const columns = { ttft: '"ttftMs"', e2e: '"e2eMs"', interToken: '"interTokenMs"', score: 'score' } as const;

/** A measurement that can be drawn. */
export type MeasurementName = keyof typeof columns;

/** Every measurement's name. */
export const measurementNames: readonly string[] = Object.keys(columns);

/** Whether there is such a measurement. */
export function isMeasurement(name: string): name is MeasurementName {
  return Object.hasOwn(columns, name);
}

interface Row {
  readonly evaluationId: string;
  readonly low: number;
  readonly high: number;
  readonly quantiles: readonly number[];
  readonly counts: Readonly<Record<string, number>>;
}

/** One histogram for each evaluation, in the given order. Failed samples are left out. */
export async function measurementHistograms(
  pool: Pool,
  evaluationIds: readonly string[],
  measurement: MeasurementName,
  bins: number,
): Promise<Histogram[]> {
  const { rows } = await pool.query<Row>(
    `with value as (
       select "evaluationId", ${columns[measurement]} as v from "Sample"
       where "evaluationId" = any ($1::uuid[]) and failure is null and ${columns[measurement]} is not null),
     range as (
       select "evaluationId", min(v) as low, max(v) as high,
         percentile_cont(array[0.5, 0.95, 0.99]) within group (order by v) as quantiles
       from value group by 1),
     bin as (
       select "evaluationId", case when high = low then 1 else least(width_bucket(v, low, high, $2::int), $2) end as bin, count(*)::int as n
       from value join range using ("evaluationId") group by 1, 2)
     select "evaluationId", low, high, quantiles, (select json_object_agg(bin, n) from bin b where b."evaluationId" = r."evaluationId") as counts
     from range r`,
    [evaluationIds, bins],
  );
  const found = new Map(rows.map((row) => [row.evaluationId, row]));
  return evaluationIds.map((id) => histogramOf(measurement, bins, found.get(id)));
}

function histogramOf(measurement: MeasurementName, bins: number, row: Row | undefined): Histogram {
  const unit = measurement === 'score' ? 'score' : 'ms';
  if (row === undefined) {
    return { measurement, unit, edges: [], counts: [], p50: undefined, p95: undefined, p99: undefined };
  }
  const { low, high, quantiles, counts } = row;
  const [p50, p95, p99] = quantiles;
  const used = high === low ? 1 : bins;
  return {
    measurement,
    unit,
    edges: Array.from({ length: used + 1 }, (_, index) => low + ((high - low) * index) / used),
    counts: Array.from({ length: used }, (_, index) => counts[index + 1] ?? 0),
    p50,
    p95,
    p99,
  };
}
