// A field for a key: not shown while it is typed, and never filled in again.
import type { Handler } from '../../component/handler.ts';

/** Password managers may fill it. */
export const SecretField = (props: {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly fault?: string | undefined;
  readonly onInput$: Handler<HTMLInputElement>;
}) => (
  <div class="field">
    <label for={props.id}>{props.label}</label>
    <input
      id={props.id}
      type="password"
      autocomplete="off"
      spellcheck={false}
      aria-invalid={props.fault !== undefined ? 'true' : undefined}
      aria-describedby={`${props.id}-hint`}
      onInput$={props.onInput$}
    />
    <span id={`${props.id}-hint`} class="soft small">
      {props.hint}
    </span>
    {props.fault !== undefined && (
      <span class="fault" role="alert">
        {props.fault}
      </span>
    )}
  </div>
);
