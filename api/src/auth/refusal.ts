// What somebody hears who may not.
import { GraphQLError } from 'graphql';
import { ForbiddenError } from '../schema/forbidden-error.ts';
import type { Scope } from './scope.ts';
import type { Viewer } from './viewer.ts';

/** Nobody is asked to sign in (401); a user or token that may not is told so. */
export function refusal(viewer: Viewer, authEnabled: boolean, field: string): Error {
  if (viewer.role === 'anonymous') {
    return new GraphQLError('sign in, or send an API token', {
      extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
    });
  }
  if (!authEnabled) return new ForbiddenError('authentication is off: there are no accounts');
  return new ForbiddenError(`no permission for ${field}: ${holding(viewer)}`);
}

/** The same for a route and the scope that it wants. */
export function refusalText(viewer: Viewer, scope: Scope): string {
  return `no permission: the scope ${scope} is wanted, ${holding(viewer)}`;
}

function holding({ role, scopes, credential }: Viewer): string {
  if (credential.type === 'token') return `this token has ${scopes.join(', ') || 'no scope'}`;
  return `your role is ${role}; an administrator can change it`;
}
