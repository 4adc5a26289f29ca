// The first administrator, made with the code that the terminal shows.
import { $, component$, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { PasswordField } from '../../component/password-field.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { arrive, fieldsOf } from './arrival.ts';
import { signInTexts } from './texts.ts';

const setUpMutation = graphql(`
  mutation SetUp($code: String!, $name: String!, $password: String!) {
    setUp(code: $code, name: $name, password: $password) {
      __typename
      ... on MutationSignInSuccess {
        data {
          name
        }
      }
      ... on Error {
        message
      }
    }
  }
`);

/** `/setup`. */
export const SetupPage = component$<PageProps>(() => {
  const text = useText(signInTexts);
  const busy = useSignal(false);
  const fault = useSignal('');
  const submit = $(async (_: Event, form: HTMLFormElement) => {
    if (busy.value) return;
    busy.value = true;
    fault.value = '';
    const { code = '', name = '', password = '' } = fieldsOf(form);
    const outcome = await runMutation(setUpMutation, { code, name, password });
    busy.value = false;
    if (outcome.status === 'done') arrive();
    else fault.value = outcome.message;
  });
  return (
    <div class="stack">
      <PageTitle text={text('setUp')} />
      <Card>
        <p>{text('why')}</p>
        <form class="stack" preventdefault:submit onSubmit$={submit}>
          <div class="field">
            <label for="code">{text('code')}</label>
            <input
              id="code"
              name="code"
              autocomplete="off"
              spellcheck={false}
              required
              aria-describedby="code-hint"
            />
            <span id="code-hint" class="soft small">
              {text('codeHint')}
            </span>
          </div>
          <div class="field">
            <label for="name">{text('name')}</label>
            <input
              id="name"
              name="name"
              autocomplete="username"
              autocapitalize="none"
              spellcheck={false}
              required
            />
          </div>
          <PasswordField id="password" kind="new" label={text('password')} hint={text('passwordHint')} />
          {fault.value !== '' && (
            <p class="notice bad" role="alert">
              {fault.value}
            </p>
          )}
          <div>
            <Button type="submit" kind="primary" label={text('create')} busy={busy.value} />
          </div>
        </form>
      </Card>
    </div>
  );
});
