// Who asks, what they may, and what they showed for it.
import type { Role } from '@bancada/prisma';
import { type Scope, scopes } from './scope.ts';

/** What somebody showed: nothing, a place on this machine while authentication is off, a cookie or a token. */
export type Credential =
  | { readonly type: 'nobody' | 'local' }
  | { readonly type: 'session' | 'token'; readonly id: string };

/** Who asks. */
export interface Viewer {
  /** Of the user; undefined for the local one and for nobody. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly role: 'anonymous' | 'viewer' | 'member' | 'admin';
  readonly scopes: readonly Scope[];
  readonly credential: Credential;
}

/** The one user of an open bench. */
export const localViewer: Viewer = { name: 'local', role: 'admin', scopes, credential: { type: 'local' } };

/** Somebody who has not signed in. */
export const nobody: Viewer = {
  name: 'anonymous',
  role: 'anonymous',
  scopes: [],
  credential: { type: 'nobody' },
};

/** A user who showed a session or a token. */
export function viewerOfUser(
  user: { readonly id: string; readonly name: string; readonly role: Role },
  may: readonly Scope[],
  credential: Credential,
): Viewer {
  const role = user.role.toLowerCase() as Lowercase<Role>;
  return { id: user.id, name: user.name, role, scopes: may, credential };
}
