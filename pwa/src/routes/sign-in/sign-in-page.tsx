// Signing in with name and password.
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

const signInMutation = graphql(`
  mutation SignIn($name: String!, $password: String!) {
    signIn(name: $name, password: $password) {
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

/** `/sign-in?next=`. */
export const SignInPage = component$<PageProps>(() => {
  const text = useText(signInTexts);
  const busy = useSignal(false);
  const fault = useSignal('');
  const submit = $(async (_: Event, form: HTMLFormElement) => {
    if (busy.value) return;
    busy.value = true;
    fault.value = '';
    const { name = '', password = '' } = fieldsOf(form);
    const outcome = await runMutation(signInMutation, { name, password });
    busy.value = false;
    if (outcome.status === 'done') arrive();
    else fault.value = outcome.message;
  });
  return (
    <div class="stack">
      <PageTitle text={text('signIn')} />
      <Card>
        <form class="stack" preventdefault:submit onSubmit$={submit}>
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
          <PasswordField id="password" kind="current" label={text('password')} />
          {fault.value !== '' && (
            <p class="notice bad" role="alert">
              {fault.value}
            </p>
          )}
          <div>
            <Button type="submit" kind="primary" label={text('signIn')} busy={busy.value} />
          </div>
        </form>
        <p class="soft small">{text('forgotten')}</p>
      </Card>
    </div>
  );
});
