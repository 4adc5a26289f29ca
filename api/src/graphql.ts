// /graphql: Yoga over HTTP and SSE, graphql-ws on the same path, GraphiQL with examples.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type ExecutionArgs, GraphQLError, getOperationAST, Kind } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import { type Context, localViewer, type Services } from './context.ts';
import { exampleTabs } from './graphiql-examples.ts';
import { maskError } from './masked-error.ts';
import { isAllowedOrigin } from './origin.ts';
import { schema } from './schema/index.ts';

type Yoga = YogaServerInstance<object, Context>;

const maxMessageBytes = 64 * 1024;

/** The HTTP half. */
export function createGraphql(services: Services): Yoga {
  return createYoga<object, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    logging: false,
    // Another site's page reads nothing from here.
    cors: false,
    context: () => ({ ...services, viewer: localViewer }),
    maskedErrors: { maskError: (error) => maskError(error, services) },
    graphiql: {
      title: 'Bancada GraphQL',
      subscriptionsProtocol: 'WS',
      defaultTabs: exampleTabs,
    },
    // 47 MB of memory that nobody needs who does not open the page.
    renderGraphiQL: async (options) =>
      (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    plugins: [timedOperations(services)],
  });
}

/** The WebSocket half: subscriptions, and anything else that a client likes to send there. */
export function serveWebSockets(server: Server, yoga: Yoga): { dispose(): Promise<void> | void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  server.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== '/graphql' || !isAllowedOrigin(request)) {
      socket.end(
        `HTTP/1.1 ${pathname === '/graphql' ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\n\r\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
  return useServer(
    {
      execute: (given) => enveloped(given).execute(given),
      subscribe: (given) => enveloped(given).subscribe(given),
      onSubscribe: async (context, _id, { query, operationName, variables }) => {
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          req: context.extra.request,
          socket: context.extra.socket,
        });
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
      },
    },
    sockets,
  );
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

// Times queries and mutations, and counts open subscriptions, by their first root field: a closed list of names.
function timedOperations({ telemetry }: Services): Plugin<object, Context> {
  return {
    onExecute({ args }) {
      const started = performance.now();
      const labels = operationLabels(args);
      return {
        onExecuteDone({ result }) {
          const failed = typeof result === 'object' && result !== null && 'errors' in result && result.errors;
          telemetry.operationDuration.observe(
            { ...labels, outcome: failed ? 'error' : 'ok' },
            (performance.now() - started) / 1000,
          );
        },
      };
    },
    onSubscribe({ args }) {
      const { operation: field } = operationLabels(args);
      return {
        onSubscribeResult() {
          telemetry.subscriptions.inc({ field });
          return { onEnd: () => telemetry.subscriptions.dec({ field }) };
        },
        onSubscribeError({ error, setError }) {
          setError(error);
        },
      };
    },
  };
}

function operationLabels({ document, operationName }: ExecutionArgs): { operation: string; type: string } {
  const operation = getOperationAST(document, operationName);
  if (!operation)
    throw new GraphQLError('the request names no operation of its document', {
      extensions: { id: randomUUID() },
    });
  const field = operation.selectionSet.selections.find((selection) => selection.kind === Kind.FIELD);
  const root = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[operation.operation];
  const name = field?.name.value ?? '';
  return { operation: root?.getFields()[name] ? name : 'other', type: operation.operation };
}
