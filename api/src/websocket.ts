// graphql-ws at /graphql: the same plugins, limits and rules as over HTTP; closed when the access ends.
import type { IncomingMessage, Server } from 'node:http';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { type AskedNames, misdirected } from './asked-host.ts';
import { type Caller, callerOf, type TrustedProxies } from './auth/caller.ts';
import type { LiveAccess } from './auth/live-access.ts';
import type { Viewer } from './auth/viewer.ts';
import { viewerOf } from './auth/viewer-of-request.ts';
import type { Services } from './context.ts';
import type { Yoga } from './graphql.ts';
import { isAllowedOrigin } from './origin.ts';
import { Problem, refuseUpgrade } from './rest/problem.ts';

/** A message at most. */
export const maxMessageBytes = 64 * 1024;
/** Connections of one user at a time; a page has one. */
export const maxSocketsPerUser = 50;
// The local user is everybody: scripts and benchmarks open hundreds.
const maxLocalSockets = 1_000;

// As PROTOCOL.md of graphql-ws has them.
const forbidden = 4403;
const tooMany = 4429;

/** What the WebSocket half needs. */
export interface WebSocketOptions {
  readonly services: Services;
  readonly yoga: Yoga;
  readonly trusted: TrustedProxies;
  readonly live: LiveAccess;
  readonly names: AskedNames;
}

// A type, not an interface: graphql-ws wants one with any further key.
type Extra = { readonly socket: WebSocket; readonly request: IncomingMessage };

type Connection = { readonly extra: Extra; readonly connectionParams?: Readonly<Record<string, unknown>> };

/** Subscriptions, and anything else that a client likes to send there. */
export function serveWebSockets(
  server: Server,
  { services, yoga, trusted, live, names }: WebSocketOptions,
): { dispose(): Promise<void> | void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  const counts = new Map<string, number>();

  server.on('upgrade', (request, socket, head) => {
    const refused = refusalOf(request, names);
    if (refused) {
      refuseUpgrade(socket, refused);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });

  async function whoIs(connection: Connection): Promise<{ viewer: Viewer; caller: Caller }> {
    const { request } = connection.extra;
    const caller = callerOf(request, trusted);
    const authorization = authorizationOf(connection) ?? request.headers.authorization;
    return { viewer: await viewerOf(services, caller, authorization), caller };
  }

  return useServer<Record<string, unknown>, Extra>(
    {
      onConnect: async (connection) => {
        const { viewer } = await whoIs(connection as Connection);
        // False is answered with close code 4403.
        if (viewer.role === 'anonymous') return false;
        const { socket } = connection.extra;
        if (!admit(counts, viewer, socket)) {
          socket.close(tooMany, 'too many connections');
          return false;
        }
        const unwatch = live.watch(viewer, () => socket.close(forbidden, 'access has ended'));
        socket.once('close', unwatch);
        return true;
      },
      execute: (given) => enveloped(given).execute(given),
      subscribe: (given) => enveloped(given).subscribe(given),
      onSubscribe: async (connection, _id, { query, operationName, variables }) => {
        const asking = await whoIs(connection as Connection);
        const { request: req, socket } = connection.extra;
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          ...asking,
          req,
          socket,
        });
        try {
          const document = parse(query);
          const errors = validate(schema, document);
          if (errors.length > 0) return errors;
          return {
            schema,
            operationName,
            document,
            variableValues: variables,
            contextValue: await contextFactory(),
            rootValue: { execute, subscribe },
          };
        } catch (thrown) {
          // A document that does not parse, or breaks a limit, is the request's fault: the connection stays.
          if (thrown instanceof GraphQLError) return [thrown];
          throw thrown;
        }
      },
    },
    sockets,
  );
}

function refusalOf(request: IncomingMessage, names: AskedNames): Problem | undefined {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const elsewhere = misdirected(request, names);
  if (elsewhere) return elsewhere;
  if (pathname !== '/graphql') return new Problem(404, `there is no WebSocket at ${pathname}`);
  return isAllowedOrigin(request) ? undefined : new Problem(403, 'the request comes from another site');
}

// `connectionParams: {authorization: 'Bearer …'}`, for clients that cannot set headers.
function authorizationOf({ connectionParams }: Connection): string | undefined {
  const given = connectionParams?.authorization ?? connectionParams?.Authorization;
  return typeof given === 'string' ? given : undefined;
}

function admit(counts: Map<string, number>, { id, credential }: Viewer, socket: WebSocket): boolean {
  const key = id ?? '';
  const open = counts.get(key) ?? 0;
  if (open >= (credential.type === 'local' ? maxLocalSockets : maxSocketsPerUser)) return false;
  counts.set(key, open + 1);
  socket.once('close', () => {
    const left = (counts.get(key) ?? 1) - 1;
    if (left === 0) counts.delete(key);
    else counts.set(key, left);
  });
  return true;
}

interface Enveloped {
  readonly execute: (
    given: ExecutionArgs,
  ) => ReturnType<NonNullable<Parameters<typeof useServer>[0]['execute']>>;
  readonly subscribe: (
    given: ExecutionArgs,
  ) => ReturnType<NonNullable<Parameters<typeof useServer>[0]['subscribe']>>;
}

// graphql-ws calls these with what onSubscribe gave; the plugins' own versions travel in the root value.
function enveloped({ rootValue }: { readonly rootValue?: unknown }): Enveloped {
  return rootValue as Enveloped;
}
