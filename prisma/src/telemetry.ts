// Counters and histograms that outlive every process: added up in the database, in the transaction of what they tell of.
import type { RunStatus } from '../generated/client.ts';
import { query, type Sql } from './sql.ts';
import { type StoredMetric, type StoredMetricName, storedMetrics } from './telemetry-metrics.ts';

interface Addition {
  readonly name: StoredMetricName;
  readonly labels: string;
  value: number;
  readonly buckets: number[];
}

/** A series as it stands: `buckets` of a histogram count the observations up to each bound and beyond the last, not cumulated. */
export interface TelemetrySeriesRow {
  readonly labels: readonly string[];
  /** Of a counter its value, of a histogram the sum of what was observed. */
  readonly value: number;
  readonly buckets: readonly number[];
}

/** What one transaction adds. Label values are given in the order of the metric's labels. */
export class TelemetryBatch {
  readonly #additions = new Map<string, Addition>();

  /** Adds to a counter; a value that is not above 0 adds nothing. */
  add(name: StoredMetricName, labels: readonly string[], value = 1): void {
    if (value > 0) this.#addition(name, labels).value += value;
  }

  /** Adds observations, in seconds, to a histogram. */
  observe(name: StoredMetricName, labels: readonly string[], ...seconds: number[]): void {
    if (seconds.length === 0) return;
    const bounds = (storedMetrics[name] as StoredMetric).buckets ?? [];
    const addition = this.#addition(name, labels);
    for (const value of seconds) {
      const found = bounds.findIndex((bound) => value <= bound);
      const bucket = found < 0 ? bounds.length : found;
      addition.buckets[bucket] = (addition.buckets[bucket] ?? 0) + 1;
      addition.value += value;
    }
  }

  /** Writes what was added. In a transaction, every other batch of the same series waits for its end. */
  async write(sql: Sql): Promise<void> {
    if (this.#additions.size === 0) return;
    // In one order, so that two transactions never wait for each other.
    await query(
      sql,
      `insert into "TelemetrySeries" as kept (name, labels, value, buckets)
       select name, labels, value, array(select jsonb_array_elements_text(buckets)::float8)
       from jsonb_to_recordset($1::jsonb) as given (name text, labels text, value float8, buckets jsonb) order by name, labels
       on conflict (name, labels) do update set value = kept.value + excluded.value,
         buckets = array(select coalesce(a, 0) + coalesce(b, 0) from unnest(kept.buckets, excluded.buckets) with ordinality as both_of (a, b, n) order by n)`,
      [JSON.stringify([...this.#additions.values()])],
    );
  }

  #addition(name: StoredMetricName, labels: readonly string[]): Addition {
    const text = JSON.stringify(labels);
    const known = this.#additions.get(name + text);
    if (known !== undefined) return known;
    const bounds = (storedMetrics[name] as StoredMetric).buckets;
    const buckets = bounds === undefined ? [] : new Array<number>(bounds.length + 1).fill(0);
    const addition = { name, labels: text, value: 0, buckets };
    this.#additions.set(name + text, addition);
    return addition;
  }
}

/** Counts the end of a run. In the transaction that sets its status, before the events that tell of it. */
export async function countRunEnd(sql: Sql, status: RunStatus): Promise<void> {
  const batch = new TelemetryBatch();
  batch.add('bancada_runs_total', [status.toLowerCase()]);
  await batch.write(sql);
}

/** The series of one metric, the busiest first, at most `most` of them. */
export async function readTelemetry(
  sql: Sql,
  name: StoredMetricName,
  most: number,
): Promise<TelemetrySeriesRow[]> {
  const rows = await query<{ labels: string; value: number; buckets: number[] }>(
    sql,
    'select labels, value, buckets from "TelemetrySeries" where name = $1::text order by value desc, labels limit $2::int',
    [name, most],
  );
  return rows.map(({ labels, value, buckets }) => ({ labels: JSON.parse(labels), value, buckets }));
}
