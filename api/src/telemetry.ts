// What Prometheus may ask: durations of HTTP and GraphQL, subscriptions, and the state of queue, runs and machines at the time of asking.
import type { Pool } from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { collectState } from './telemetry-state.ts';
import { collectStored } from './telemetry-stored.ts';

const secondsBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

// The client library's gauges whose names say that they count up: `promtool check metrics` refuses them. Their parts stay.
const misnamed = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** The process's metrics (contract.md §7). Labels come from routes, schema and registered names alone. */
export class Telemetry {
  readonly registry = new Registry();
  readonly httpDuration = new Histogram({
    name: 'bancada_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route', 'code'],
    buckets: secondsBuckets,
    registers: [this.registry],
  });
  readonly operationDuration = new Histogram({
    name: 'bancada_graphql_operation_duration_seconds',
    help: 'Execution of queries and mutations by their first root field',
    labelNames: ['operation', 'type', 'outcome'],
    buckets: secondsBuckets,
    registers: [this.registry],
  });
  readonly subscriptions = new Gauge({
    name: 'bancada_subscriptions_active',
    help: 'Open subscriptions',
    labelNames: ['field'],
    registers: [this.registry],
  });
  readonly unexpectedErrors = new Counter({
    name: 'bancada_unexpected_errors_total',
    help: 'Masked errors; the log holds each under its id',
    registers: [this.registry],
  });

  constructor(pool: Pool, version: string) {
    collectDefaultMetrics({ register: this.registry });
    for (const name of misnamed) this.registry.removeSingleMetric(name);
    new Gauge({
      name: 'bancada_build_info',
      help: 'Always 1; the version is the label',
      labelNames: ['version'],
      registers: [this.registry],
    }).set({ version }, 1);
    collectState(this.registry, pool);
    collectStored(this.registry, pool);
  }
}
