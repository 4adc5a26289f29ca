// A metric whose values are read when Prometheus asks, in the form in which prom-client writes it out.
import type { MetricObjectWithValues, MetricValue, MetricValueWithName, Registry } from 'prom-client';

/** One line of the answer: labels and value; `metricName` where it is not the metric's own (a bucket, a sum). */
export type MetricLine = MetricValue<string> & Partial<Pick<MetricValueWithName<string>, 'metricName'>>;

/** What is told of a metric besides its lines. */
export interface MetricHead {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
}

/** Registers it; `read` is called once a scrape. The library's own classes keep values in the process, where a restart loses them. */
export function registerRead(
  registry: Registry,
  { name, help, type }: MetricHead,
  read: () => Promise<MetricLine[]>,
): void {
  const metric = {
    name,
    help,
    // The library writes the name of the type as it is here.
    type: type as unknown as MetricObjectWithValues<MetricLine>['type'],
    aggregator: 'sum' as const,
    get: async () => ({ ...metric, values: await read() }),
  };
  registry.registerMetric(metric as unknown as Parameters<Registry['registerMetric']>[0]);
}
