// The browsers that are signed in, each with a way to end it.
import { $, component$, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { accountTexts } from './texts.ts';

const sessionsQuery = graphql(`
  query Sessions {
    sessions {
      id
      device
      address
      lastSeenAt
      current
    }
  }
`);

const revokeMutation = graphql(`
  mutation RevokeSession($id: ID!) {
    revokeSession(id: $id) {
      __typename
      ... on MutationRevokeSuccess {
        data
      }
      ... on Error {
        message
      }
    }
  }
`);

/** Of whoever is signed in, last seen first. */
export const Sessions = component$(() => {
  const text = useText(accountTexts);
  const format = useFormat();
  const show = useShow();
  const { state, refresh$ } = useQuery(sessionsQuery, useSignal({}));
  const fault = useSignal('');
  const end = $(async (id: string) => {
    const outcome = await runMutation(revokeMutation, { id });
    fault.value = outcome.status === 'refused' ? outcome.message : '';
    await refresh$();
  });
  return (
    <Card title={text('sessions')}>
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
      {show(state.value, {
        loading: <Skeleton rows={2} height={48} />,
        retry$: refresh$,
        ready: ({ sessions }) => (
          <ul class="account-list">
            {sessions.map((session) => (
              <li key={session.id} class="account-entry">
                <span>{session.device}</span>
                <span class="soft small">
                  {session.address} · {text('lastSeen')} {format.dateTime(session.lastSeenAt)}
                  {session.current && ` · ${text('here')}`}
                </span>
                {!session.current && (
                  <div>
                    <Button label={text('end')} onClick$={() => end(session.id)} />
                  </div>
                )}
              </li>
            ))}
          </ul>
        ),
      })}
      <div>
        <Button
          kind="danger"
          label={text('signOutEverywhere')}
          onClick$={async () => (await import('../../access/sign-out.ts')).signOut('everywhere')}
        />
      </div>
    </Card>
  );
});
