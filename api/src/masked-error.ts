// What a caller may read of an error that nobody expected: an id, under which the log holds the rest.
import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Services } from './context.ts';

/** Errors made for the caller (GraphQLError without another cause) pass; any other is logged and masked. */
export function maskError(error: unknown, { log, telemetry }: Pick<Services, 'log' | 'telemetry'>): Error {
  if (
    error instanceof GraphQLError &&
    (error.originalError === undefined || isForCaller(error.originalError))
  ) {
    return error;
  }
  const id = randomUUID();
  const cause = error instanceof GraphQLError ? error.originalError : error;
  log.error(
    { id, err: cause, path: error instanceof GraphQLError ? error.path : undefined },
    'unexpected error',
  );
  telemetry.unexpectedErrors.inc();
  return new GraphQLError(`unexpected error; the log holds it under ${id}`, {
    ...(error instanceof GraphQLError && error.path ? { path: error.path } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR', id },
  });
}

// Yoga wraps what is thrown; authorisation errors are for the caller too.
function isForCaller(error: Error): boolean {
  return error instanceof GraphQLError || error.name === 'GraphQLError' || error.name === 'ForbiddenError';
}
