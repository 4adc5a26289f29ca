// The HTTP server: GraphQL, REST, metrics and the dashboard on one port.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AskedNames, misdirected } from './asked-host.ts';
import { callerOf, TrustedProxies } from './auth/caller.ts';
import { LiveAccess } from './auth/live-access.ts';
import { viewerOf } from './auth/viewer-of-request.ts';
import type { Services } from './context.ts';
import { createGraphql } from './graphql.ts';
import { mayBeForgedGraphql } from './origin.ts';
import { healthRoutes } from './rest/health.ts';
import { Problem, sendProblem } from './rest/problem.ts';
import { routes } from './rest/registry.ts';
import { dispatch, type Match, match } from './rest/route.ts';
import { securityHeaders, staticFiles } from './static-files.ts';
import { serveWebSockets } from './websocket.ts';

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
  /** What the `Host` of a request may be besides loopback; undefined for anything. Probes of health may send any. */
  readonly names: AskedNames;
  /** Addresses and CIDR ranges whose X-Forwarded-For and X-Forwarded-Proto are believed; loopback by default. */
  readonly trustedProxies?: readonly string[];
}

const loopbackRanges = ['127.0.0.0/8', '::1'];

// Answers in flight (an export, say) get so long to end.
const graceMs = 5_000;
const uploadMs = 3_600_000;

/** Listens once it resolves. @throws what the port is refused with. */
export async function startServer(services: Services, options: ServerOptions): Promise<ApiServer> {
  const graphql = createGraphql(services);
  const files = staticFiles(options.dashboard);
  const trusted = new TrustedProxies(options.trustedProxies ?? loopbackRanges);
  const live = new LiveAccess(services.pool);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const found = match(routes, request.method ?? 'GET', url);
    observe(services, request, response, url, found);
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const elsewhere =
      found && healthRoutes.includes(found.route) ? undefined : misdirected(request, options.names);
    if (elsewhere) sendProblem(response, elsewhere);
    else if (url.pathname === '/graphql' || found || url.pathname.startsWith('/api/')) {
      answer(request, response, url, found).catch((thrown) => {
        services.log.error({ err: thrown }, 'a request ended with an error');
        if (response.headersSent) response.destroy();
        else sendProblem(response, new Problem(503, 'the bench cannot answer now; its log says why'));
      });
    } else files(request, response);
  });

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    found: Match | undefined,
  ): Promise<void> {
    const caller = callerOf(request, trusted, response);
    const viewer = await viewerOf(services, caller, request.headers.authorization);
    // A stream or a download ends with the access that it was begun with.
    response.once(
      'close',
      live.watch(viewer, () => response.destroy()),
    );
    if (url.pathname !== '/graphql') {
      const { metricsToken } = options;
      await dispatch(found, { request, response, url, services, viewer, caller, metricsToken });
    } else if (mayBeForgedGraphql(request, caller)) {
      sendProblem(response, new Problem(403, 'the request comes, or may come, from another site'));
    } else {
      // GraphiQL is one page with its script inside.
      if (request.headers.accept?.includes('text/html')) response.removeHeader('content-security-policy');
      await graphql(request, response, { viewer, caller });
    }
  }

  // Uploads may take their time; the head of a request may not (a minute, as Node has it).
  server.requestTimeout = uploadMs;
  const sockets = serveWebSockets(server, {
    services,
    yoga: graphql,
    trusted,
    live,
    names: options.names,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    async close() {
      live.stop();
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
