// API tokens: made, shown once, listed, revoked.
import { $, component$, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { CopyButton } from '../../component/copy-button.tsx';
import { SelectField, TextField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { client } from '../../graphql/client.ts';
import { graphql } from '../../graphql/graphql.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { accountTexts } from './texts.ts';

const tokensQuery = graphql(`
  query ApiTokens {
    apiTokens {
      id
      name
      scopes
      expiresAt
      lastUsedAt
    }
  }
`);

const createMutation = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      __typename
      ... on MutationCreateApiTokenSuccess {
        token
      }
      ... on Error {
        message
      }
    }
  }
`);

const revokeMutation = graphql(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(id: $id) {
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

const scopes = ['READ', 'WRITE', 'ADMIN'] as const;

/** Of whoever is signed in. */
export const Tokens = component$(() => {
  const text = useText(accountTexts);
  const format = useFormat();
  const show = useShow();
  const { state, refresh$ } = useQuery(tokensQuery, useSignal({}));
  const name = useSignal('');
  const scope = useSignal<(typeof scopes)[number]>('READ');
  const days = useSignal('90');
  const made = useSignal('');
  const fault = useSignal('');
  const create = $(async () => {
    fault.value = '';
    made.value = '';
    const input = { name: name.value, scopes: [scope.value], expiresInDays: Number(days.value) };
    const { data, error } = await client.mutation(createMutation, { input }).toPromise();
    const result = data?.createApiToken;
    if (result?.__typename === 'MutationCreateApiTokenSuccess') made.value = result.token;
    else fault.value = result?.message ?? error?.message ?? '';
    await refresh$();
  });
  const revoke = $(async (id: string) => {
    const outcome = await runMutation(revokeMutation, { id });
    fault.value = outcome.status === 'refused' ? outcome.message : '';
    await refresh$();
  });
  const last = (at: string | null) => (at === null ? text('never') : format.dateTime(at));
  return (
    <Card>
      <p class="soft">{text('tokensWhat')}</p>
      <div class="account-row">
        <TextField
          id="token-name"
          label={text('tokenName')}
          value={name.value}
          onInput$={(_, element) => {
            name.value = element.value;
          }}
        />
        <SelectField
          id="token-scope"
          label={text('scope')}
          value={scope.value}
          options={scopes.map((value) => ({ value, label: text(value) }))}
          onChange$={(_, element) => {
            scope.value = scopes.find((one) => one === element.value) ?? 'READ';
          }}
        />
        <TextField
          id="token-days"
          type="number"
          min={1}
          label={text('days')}
          value={days.value}
          onInput$={(_, element) => {
            days.value = element.value;
          }}
        />
        <Button kind="primary" label={text('createToken')} onClick$={create} />
      </div>
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
      {made.value !== '' && (
        <div role="status">
          <p>{text('onlyNow')}</p>
          <code class="secret">{made.value}</code>
          <CopyButton text={made.value} />
        </div>
      )}
      {show(state.value, {
        loading: <Skeleton rows={2} height={48} />,
        retry$: refresh$,
        ready: ({ apiTokens }) =>
          apiTokens.length === 0 ? (
            <p class="soft">{text('noTokens')}</p>
          ) : (
            <ul class="account-list">
              {apiTokens.map((token) => (
                <li key={token.id} class="account-entry">
                  <span>
                    {token.name} · {text(token.scopes.at(-1) ?? 'READ')}
                  </span>
                  <span class="soft small">
                    {text('expires')} {format.dateTime(token.expiresAt)} · {text('lastUsed')}{' '}
                    {last(token.lastUsedAt)}
                  </span>
                  <div>
                    <Button label={text('revoke')} onClick$={() => revoke(token.id)} />
                  </div>
                </li>
              ))}
            </ul>
          ),
      })}
    </Card>
  );
});
