// The HTTP server: GraphQL, REST, metrics and the dashboard on one port.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Services } from './context.ts';
import { createGraphql, serveWebSockets } from './graphql.ts';
import { isAllowedOrigin } from './origin.ts';
import { routes } from './rest/registry.ts';
import { dispatch, type Match, match } from './rest/route.ts';
import { securityHeaders, staticFiles } from './static-files.ts';

/** A server that answers. */
export interface ApiServer {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** Ends subscriptions, lets answers in flight end, closes. */
  close(): Promise<void>;
}

/** Where it listens and what it serves. */
export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The built dashboard. */
  readonly dashboard: string;
  readonly metricsToken: string | undefined;
}

// Answers in flight (an export, say) get so long to end.
const graceMs = 5_000;
const uploadMs = 3_600_000;

/** Listens once it resolves. @throws what the port is refused with. */
export async function startServer(services: Services, options: ServerOptions): Promise<ApiServer> {
  const graphql = createGraphql(services);
  const files = staticFiles(options.dashboard);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const found = match(routes, request.method ?? 'GET', url);
    observe(services, request, response, url, found);
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (url.pathname === '/graphql') answerGraphql(request, response);
    else if (found || url.pathname.startsWith('/api/')) {
      dispatch(found, { request, response, url, services, metricsToken: options.metricsToken }).catch(() =>
        response.destroy(),
      );
    } else files(request, response);
  });

  function answerGraphql(request: IncomingMessage, response: ServerResponse): void {
    if (!isAllowedOrigin(request)) {
      response.writeHead(403, { 'content-type': 'application/problem+json' });
      response.end(
        JSON.stringify({ status: 403, title: 'Forbidden', detail: 'the request comes from another site' }),
      );
      return;
    }
    // GraphiQL is one page with its script inside.
    if (request.headers.accept?.includes('text/html')) response.removeHeader('content-security-policy');
    graphql(request, response);
  }

  // Uploads may take their time; the head of a request may not (a minute, as Node has it).
  server.requestTimeout = uploadMs;
  const sockets = serveWebSockets(server, graphql);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    async close() {
      await services.hub.stop();
      await sockets.dispose();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function observe(
  { telemetry }: Services,
  { method }: IncomingMessage,
  response: ServerResponse,
  { pathname }: URL,
  found: Match | undefined,
): void {
  const started = performance.now();
  const route =
    found?.route.path ??
    (pathname === '/graphql' ? '/graphql' : pathname.startsWith('/api/') ? 'unknown' : 'static');
  response.once('close', () => {
    const known = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'].includes(method ?? '')
      ? String(method)
      : 'other';
    telemetry.httpDuration.observe(
      { method: known, route, code: response.statusCode },
      (performance.now() - started) / 1000,
    );
  });
}
