// How much one GraphQL request may ask for, the same over HTTP, SSE and WebSocket: tokens, depth, aliases, directives, cost.
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { type ExecutionArgs, GraphQLError, parse, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { refusal } from './auth/refusal.ts';
import type { Context } from './context.ts';
import { queryCost } from './query-cost.ts';

/** What a request may have at most. `cost` counts fields, times the size of the lists that they are in. */
export const queryLimits = { tokens: 2_000, depth: 12, aliases: 15, directives: 50, cost: 100_000 } as const;

/** Yoga plugins; what breaks a limit is answered with an error and no data. */
export function limitPlugins(): Plugin<Context>[] {
  const { depth, aliases, directives } = queryLimits;
  // The plugins are written for any context.
  const armour = [
    maxDepthPlugin({ n: depth, flattenFragments: true }),
    maxAliasesPlugin({ n: aliases }),
    maxDirectivesPlugin({ n: directives }),
  ] as unknown as Plugin<Context>[];
  return [tokenLimit, ...armour, executionLimits];
}

const tokenLimit: Plugin<Context> = {
  onParse({ setParseFn }) {
    setParseFn((source, options) => parse(source, { ...options, maxTokens: queryLimits.tokens }));
  },
};

// Variables are known from here on. Introspection is looked for here too: validation is cached for all viewers alike.
const executionLimits: Plugin<Context> = {
  onExecute({ args, setResultAndStopExecution }) {
    const error = tooCostly(args) ?? closedIntrospection(args);
    if (error) setResultAndStopExecution({ errors: [error] });
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    const error = tooCostly(args);
    if (error) setResultAndStopExecution({ errors: [error] });
  },
};

function tooCostly(args: ExecutionArgs): GraphQLError | undefined {
  const cost = queryCost(args);
  if (cost <= queryLimits.cost) return undefined;
  const message = `the query costs ${cost}, over the limit of ${queryLimits.cost}: ask for shorter lists (first) or fewer fields`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

// The schema is public in the source; still, nobody probes a closed bench for it.
function closedIntrospection({ document, contextValue }: ExecutionArgs): GraphQLError | undefined {
  const { viewer, authEnabled } = contextValue as Context;
  if (viewer.role !== 'anonymous') return undefined;
  let asked = false;
  visit(document, {
    Field({ name }) {
      if (name.value === '__schema' || name.value === '__type') asked = true;
    },
  });
  return asked ? (refusal(viewer, authEnabled, 'Query.__schema') as GraphQLError) : undefined;
}
