// The own password: the present one, and a new one.
import { $, component$, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { PasswordField } from '../../component/password-field.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { fieldsOf } from '../sign-in/arrival.ts';
import { accountTexts } from './texts.ts';

const changeMutation = graphql(`
  mutation ChangePassword($current: String!, $next: String!) {
    changePassword(current: $current, next: $next) {
      __typename
      ... on MutationAccountSuccess {
        data
      }
      ... on Error {
        message
      }
    }
  }
`);

/** Of whoever is signed in. */
export const Password = component$<{ name: string }>((props) => {
  const text = useText(accountTexts);
  const busy = useSignal(false);
  const fault = useSignal('');
  const done = useSignal(false);
  const submit = $(async (_: Event, form: HTMLFormElement) => {
    if (busy.value) return;
    busy.value = true;
    fault.value = '';
    const { current = '', next = '' } = fieldsOf(form);
    const outcome = await runMutation(changeMutation, { current, next });
    busy.value = false;
    done.value = outcome.status === 'done';
    if (outcome.status === 'refused') fault.value = outcome.message;
    else form.reset();
  });
  return (
    <Card title={text('changePassword')}>
      <p class="soft">{text('signedInAs', { name: props.name })}</p>
      <form class="stack" preventdefault:submit onSubmit$={submit}>
        <input type="text" name="username" autocomplete="username" value={props.name} hidden />
        <PasswordField id="current" kind="current" label={text('current')} />
        <PasswordField id="next" kind="new" label={text('next')} hint={text('passwordHint')} />
        {fault.value !== '' && (
          <p class="notice bad" role="alert">
            {fault.value}
          </p>
        )}
        {done.value && (
          <p class="notice good" role="status">
            {text('changed')}
          </p>
        )}
        <div>
          <Button type="submit" kind="primary" label={text('changePassword')} busy={busy.value} />
        </div>
      </form>
    </Card>
  );
});
