// The one connection to the API: queries and mutations over HTTP, subscriptions over a WebSocket.
import { Client, cacheExchange, fetchExchange, mapExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import { connection } from '../live/connection.ts';

const socket = createClient({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
  lazyCloseTimeout: 5_000,
  keepAlive: 15_000,
  // Reconnecting is done by `follow`, which knows the last event seen.
  retryAttempts: 0,
  on: {
    connected: () => connection.tell('live'),
    closed: () => connection.tell('closed'),
  },
});

/** Told on `window` when the server answers that somebody has to sign in: a session ended. */
export const signInWanted = 'bancada:sign-in-wanted';

/** urql's client; screens use `useQuery`, `runMutation` and the hooks of `live/` instead of calling it. */
export const client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  requestPolicy: 'cache-and-network',
  exchanges: [
    mapExchange({
      onError: ({ graphQLErrors }) => {
        if (graphQLErrors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED'))
          window.dispatchEvent(new Event(signInWanted));
      },
    }),
    cacheExchange,
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: (request) => ({
        subscribe: (sink) => ({
          unsubscribe: socket.subscribe(
            { query: request.query ?? '', variables: request.variables as Record<string, unknown> },
            {
              next: (result) => sink.next(result as Parameters<typeof sink.next>[0]),
              error: sink.error,
              complete: sink.complete,
            },
          ),
        }),
      }),
    }),
  ],
});
