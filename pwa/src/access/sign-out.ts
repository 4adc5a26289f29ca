// Signing out: the session ends, and nothing that was read stays on this device.
import { client } from '../graphql/client.ts';
import { graphql } from '../graphql/graphql.ts';
import { forgetSnapshots } from '../offline/snapshot.ts';
import { forgetDraft } from '../routes/new-run/draft-store.ts';

const signOutMutation = graphql(`
  mutation SignOut {
    signOut {
      __typename
    }
  }
`);

const signOutEverywhereMutation = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere {
      __typename
    }
  }
`);

/** Ends with a new document at the sign-in page: what was in memory is gone, too. */
export async function signOut(where: 'here' | 'everywhere'): Promise<void> {
  if (where === 'here') await client.mutation(signOutMutation, {}).toPromise();
  else await client.mutation(signOutEverywhereMutation, {}).toPromise();
  await Promise.all([forgetSnapshots(), forgetDraft()]);
  location.assign('/sign-in');
}
