// /metrics: what Prometheus reads.
import { timingSafeEqual } from 'node:crypto';
import { Problem } from './problem.ts';
import type { Exchange, Route } from './route.ts';

/** Behind `METRICS_TOKEN` as a bearer token when that is set. */
export const prometheusRoute: Route = {
  method: 'GET',
  path: '/metrics',
  scope: 'open',
  doc: {
    summary: 'What Prometheus reads',
    description: 'Behind `METRICS_TOKEN` as a bearer token when that is set.',
    tag: 'operation',
    answers: { 200: { description: 'Metrics in the text format', content: { 'text/plain': 'text' } } },
    problems: [401],
  },
  handle: sendMetrics,
};

async function sendMetrics({ request, response, services, metricsToken }: Exchange): Promise<void> {
  if (metricsToken !== undefined && !holds(request.headers.authorization ?? '', `Bearer ${metricsToken}`)) {
    response.setHeader('www-authenticate', 'Bearer');
    throw new Problem(401, 'the metrics want the bearer token of METRICS_TOKEN');
  }
  const { registry } = services.telemetry;
  const body = await registry.metrics();
  response.writeHead(200, { 'content-type': registry.contentType });
  response.end(body);
}

function holds(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
