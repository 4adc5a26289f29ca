// A password that its manager can fill in and that can be looked at; pasting is allowed.
import { component$, useSignal } from '@builder.io/qwik';
import { messages, useText } from '../i18n/text.ts';

const texts = messages({
  en: { show: 'Show what is typed' },
  'pt-BR': { show: 'Mostrar o que se digita' },
});

/** `kind` tells the password manager whether one is known or to be made. The value is read from the form by `id`. */
export const PasswordField = component$<{
  id: string;
  label: string;
  kind: 'current' | 'new';
  hint?: string | undefined;
  fault?: string | undefined;
}>((props) => {
  const text = useText(texts);
  const seen = useSignal(false);
  const notes = [props.hint && `${props.id}-hint`, props.fault && `${props.id}-fault`]
    .filter(Boolean)
    .join(' ');
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <input
        id={props.id}
        name={props.id}
        type={seen.value ? 'text' : 'password'}
        autocomplete={`${props.kind}-password`}
        required
        aria-invalid={props.fault !== undefined ? 'true' : undefined}
        aria-describedby={notes === '' ? undefined : notes}
      />
      {props.hint !== undefined && (
        <span id={`${props.id}-hint`} class="soft small">
          {props.hint}
        </span>
      )}
      {props.fault !== undefined && (
        <span id={`${props.id}-fault`} class="fault" role="alert">
          {props.fault}
        </span>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={seen.value}
          onChange$={(_, element) => {
            seen.value = element.checked;
          }}
        />
        <span>{text('show')}</span>
      </label>
    </div>
  );
});
