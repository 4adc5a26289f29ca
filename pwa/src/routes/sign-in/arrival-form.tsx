// The form of name and password by which one comes in, for the first administrator and for everybody after.
import { $, component$, type QRL, Slot, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { PasswordField } from '../../component/password-field.tsx';
import type { MutationOutcome } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { arrive, fieldsOf } from './arrival.ts';
import { signInTexts } from './texts.ts';

/** Fields in its slot stand before the name. `enter$` gets what all fields hold, by name; when it is done, one is in. */
export const ArrivalForm = component$<{
  password: 'new' | 'current';
  label: string;
  enter$: QRL<(fields: Readonly<Record<string, string>>) => Promise<MutationOutcome<unknown>>>;
}>((props) => {
  const text = useText(signInTexts);
  const busy = useSignal(false);
  const fault = useSignal('');
  const submit = $(async (_: Event, form: HTMLFormElement) => {
    if (busy.value) return;
    busy.value = true;
    fault.value = '';
    const outcome = await props.enter$(fieldsOf(form));
    busy.value = false;
    if (outcome.status === 'done') arrive();
    else fault.value = outcome.message;
  });
  return (
    <form class="stack" preventdefault:submit onSubmit$={submit}>
      <Slot />
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
      <PasswordField
        id="password"
        kind={props.password}
        label={text('password')}
        hint={props.password === 'new' ? text('passwordHint') : undefined}
      />
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
      <div>
        <Button type="submit" kind="primary" label={props.label} busy={busy.value} />
      </div>
    </form>
  );
});
