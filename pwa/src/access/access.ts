// Who is signed in, asked once when the dashboard starts: one small observable for the shell and the buttons.
import { client } from '../graphql/client.ts';
import { graphql } from '../graphql/graphql.ts';
import { navigate } from '../routing/navigate.ts';

/** `open`: authentication is off, everybody may everything. */
export type Access =
  | { readonly status: 'unknown' | 'open' | 'nobody' }
  | {
      readonly status: 'user';
      readonly name: string;
      readonly role: string;
      readonly scopes: readonly string[];
      /** Who can grant more. */
      readonly administrators: readonly string[];
    };

const accessQuery = graphql(`
  query Access {
    authState {
      enabled
      needsSetup
      viewer {
        name
        role
        scopes
        administrators
      }
    }
  }
`);

/** Addresses that are there for nobody, too. */
const openPaths: readonly string[] = ['/sign-in', '/setup'];

const listeners = new Set<(access: Access) => void>();
let current: Access = { status: 'unknown' };

/** Asks the server, and leads whoever has to sign in to where they can. Without a network nothing changes. */
export async function loadAccess(): Promise<void> {
  const { data } = await client.query(accessQuery, {}, { requestPolicy: 'network-only' }).toPromise();
  if (data === undefined) return;
  const { enabled, needsSetup, viewer } = data.authState;
  if (!enabled) tell({ status: 'open' });
  else if (viewer === null) tell({ status: 'nobody' });
  else tell({ status: 'user', ...viewer });
  if (needsSetup) navigate('/setup', { replace: true });
  else if (current.status === 'nobody') askToSignIn();
}

/** Leads to the sign-in page, and from there back to where one was. */
export function askToSignIn(): void {
  if (openPaths.includes(location.pathname)) return;
  tell({ status: 'nobody' });
  const next = encodeURIComponent(location.pathname + location.search);
  navigate(`/sign-in?next=${next}`, { replace: true });
}

/** Who is signed in, and how to hear of changes. */
export const access = {
  current: (): Access => current,
  /** Calls back on every change; returns how to stop. */
  watch(listener: (access: Access) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function tell(next: Access): void {
  current = next;
  for (const listener of listeners) listener(next);
}
