// The counters and histograms that the database adds up: right at once after a restart, whichever process is asked.
import { readTelemetry, type StoredMetric, type StoredMetricName, storedMetrics } from '@bancada/prisma';
import type { Pool } from 'pg';
import type { Registry } from 'prom-client';
import { type MetricLine, registerRead } from './telemetry-metric.ts';

// Histograms have a line for each bucket.
const mostCounters = 200;
const mostHistograms = 24;

// An alert on an increase needs the zero before it.
const zeros: Readonly<Partial<Record<StoredMetricName, readonly string[]>>> = {
  bancada_runs_total: ['succeeded', 'failed', 'cancelled'],
};

/** Registers every stored metric; each is one statement a scrape. */
export function collectStored(registry: Registry, pool: Pool): void {
  for (const name of Object.keys(storedMetrics) as StoredMetricName[]) {
    const { type, help } = storedMetrics[name];
    registerRead(registry, { name, type, help }, () =>
      type === 'histogram' ? histogramLines(pool, name) : counterLines(pool, name),
    );
  }
}

async function counterLines(pool: Pool, name: StoredMetricName): Promise<MetricLine[]> {
  const names = storedMetrics[name].labels;
  const series = await readTelemetry(pool, name, mostCounters);
  const [first] = names;
  const known = new Set(series.map(({ labels }) => labels[0]));
  const missing = (zeros[name] ?? []).filter((value) => !known.has(value));
  return [
    ...series.map(({ labels, value }) => ({ labels: labelled(names, labels), value })),
    ...missing.map((value) => ({ labels: { [first]: value }, value: 0 })),
  ];
}

async function histogramLines(pool: Pool, name: StoredMetricName): Promise<MetricLine[]> {
  const { labels: names, buckets: bounds = [] } = storedMetrics[name] as StoredMetric;
  const series = await readTelemetry(pool, name, mostHistograms);
  return series.flatMap(({ labels, value, buckets }) => {
    const shared = labelled(names, labels);
    let count = 0;
    const lines: MetricLine[] = [...bounds, '+Inf'].map((le, index) => {
      count += buckets[index] ?? 0;
      return { metricName: `${name}_bucket`, labels: { ...shared, le: String(le) }, value: count };
    });
    return [
      ...lines,
      { metricName: `${name}_sum`, labels: shared, value },
      { metricName: `${name}_count`, labels: shared, value: count },
    ];
  });
}

function labelled(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}
