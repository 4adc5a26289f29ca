// /graphql over HTTP and SSE: Yoga with its plugins, GraphiQL with examples.
import { randomUUID } from 'node:crypto';
import { type ExecutionArgs, GraphQLError, getOperationAST, Kind } from 'graphql';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Caller } from './auth/caller.ts';
import type { Viewer } from './auth/viewer.ts';
import type { Context, Services } from './context.ts';
import { exampleTabs } from './graphiql-examples.ts';
import { maskError } from './masked-error.ts';
import { limitPlugins } from './query-limits.ts';
import { schema } from './schema/index.ts';

/** What the server knows of a request before GraphQL sees it. */
interface Asking {
  readonly viewer: Viewer;
  readonly caller: Caller;
}

/** Answers GraphQL over HTTP, and lends its plugins to the WebSocket half. */
export type Yoga = YogaServerInstance<Asking, Context>;

/** Batching is off: an array of requests is refused with 400. */
export function createGraphql(services: Services): Yoga {
  return createYoga<Asking, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    logging: false,
    // Another site's page reads nothing from here.
    cors: false,
    context: ({ viewer, caller }) => ({ ...services, viewer, caller }),
    maskedErrors: { maskError: (error) => maskError(error, services) },
    graphiql: {
      title: 'Bancada GraphQL',
      subscriptionsProtocol: 'WS',
      defaultTabs: exampleTabs,
    },
    // 47 MB of memory that nobody needs who does not open the page.
    renderGraphiQL: async (options) =>
      (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    batching: false,
    plugins: [...limitPlugins(), throttledStatus, timedOperations(services)],
  });
}

// A union's member tells a throttled script to wait; so do the status and the header.
const throttledStatus: Plugin<object, Asking, Context> = {
  onResponse({ response, serverContext, setResponse, fetchAPI }) {
    const { retryAfterSeconds } = serverContext.caller;
    if (retryAfterSeconds === undefined) return;
    const headers = new fetchAPI.Headers(response.headers);
    headers.set('retry-after', String(retryAfterSeconds));
    setResponse(new fetchAPI.Response(response.body, { status: 429, headers }));
  },
};

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
