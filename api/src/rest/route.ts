// A REST resource: method, path and handler; and how a request finds its own.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../auth/caller.ts';
import { refusalText } from '../auth/refusal.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Services } from '../context.ts';
import { mayBeForged } from '../origin.ts';
import { Problem, sendProblem } from './problem.ts';
import type { RouteDoc } from './route-doc.ts';

/** What a handler gets. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Of the path: `id` in `/api/v1/runs/:id`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly services: Services;
  /** Who asks, and from where. */
  readonly viewer: Viewer;
  readonly caller: Caller;
  readonly metricsToken: string | undefined;
}

/** One line of the registry. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As URLPattern writes it; also the label in the metrics. */
  readonly path: string;
  /** Who may: `read`, `write`, `admin`, or `open` to everybody, signed in or not. */
  readonly scope: 'read' | 'write' | 'admin' | 'open';
  /** Shown to people and tools in the OpenAPI document. */
  readonly doc: RouteDoc;
  readonly handle: (exchange: Exchange) => Promise<void>;
}

/** A route, and what its path holds. */
export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

const patterns = new Map<string, URLPattern>();

/** The route of a request; HEAD goes to GET. */
export function match(routes: readonly Route[], method: string, { pathname }: URL): Match | undefined {
  for (const route of routes) {
    if (route.method !== (method === 'HEAD' ? 'GET' : method)) continue;
    const pattern = patterns.get(route.path) ?? new URLPattern({ pathname: route.path });
    patterns.set(route.path, pattern);
    const groups = pattern.exec({ pathname })?.pathname.groups;
    if (groups === undefined) continue;
    const parameters = Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value ?? '')]);
    return { route, parameters: Object.fromEntries(parameters) };
  }
  return undefined;
}

/** Lets the route answer; what it throws becomes a problem document, unless the answer has begun: then the connection is cut. */
export async function dispatch(
  found: Match | undefined,
  exchange: Omit<Exchange, 'parameters'>,
): Promise<void> {
  const { request, response, url, services } = exchange;
  try {
    if (found === undefined) throw new Problem(404, `there is nothing at ${request.method} ${url.pathname}`);
    admit(found.route, exchange);
    await found.route.handle({ ...exchange, parameters: found.parameters });
  } catch (thrown) {
    const problem =
      thrown instanceof Problem ? thrown : (fullDisk(thrown, services) ?? unexpected(thrown, services));
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem);
  }
}

function admit({ scope }: Route, { request, response, viewer, caller }: Omit<Exchange, 'parameters'>): void {
  if (scope !== 'open' && !viewer.scopes.includes(scope)) {
    if (viewer.role !== 'anonymous') throw new Problem(403, refusalText(viewer, scope));
    response.setHeader('www-authenticate', 'Bearer');
    throw new Problem(401, 'sign in, or send an API token: Authorization: Bearer bancada_…');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD' && mayBeForged(request, caller)) {
    throw new Problem(403, 'the request may come from another site');
  }
}

// Of the home, or of the database.
const fullDiskCodes = ['ENOSPC', 'EDQUOT', '53100'];

function fullDisk(thrown: unknown, { log }: Services): Problem | undefined {
  const { code } = thrown as { readonly code?: string };
  if (code === undefined || !fullDiskCodes.includes(code)) return undefined;
  log.error({ err: thrown }, 'the disk is full');
  return new Problem(
    507,
    'the disk of the bench is full, and nothing of this request was kept: make room there, or ask whoever runs it to, and send it again',
  );
}

function unexpected(thrown: unknown, { log, telemetry }: Services): Problem {
  const id = randomUUID();
  log.error({ id, err: thrown }, 'unexpected error');
  telemetry.unexpectedErrors.inc();
  return new Problem(500, `unexpected error; the log holds it under ${id}`, { id });
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
