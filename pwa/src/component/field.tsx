// Form fields with their label, hint and fault.
import type { Handler } from './handler.ts';

interface FieldProps {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  /** Hides the label from sight, not from screen readers. */
  readonly quietLabel?: boolean;
}

const Label = (props: FieldProps) => (
  <label for={props.id} class={props.quietLabel === true ? 'visually-hidden' : undefined}>
    {props.label}
  </label>
);

const Notes = (props: FieldProps) => (
  <>
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
  </>
);

const describedBy = (props: FieldProps): string | undefined => {
  const ids = [
    props.hint === undefined ? '' : `${props.id}-hint`,
    props.fault === undefined ? '' : `${props.id}-fault`,
  ].filter(Boolean);
  return ids.length === 0 ? undefined : ids.join(' ');
};

/** A line of text, a number or a search. */
export const TextField = (
  props: FieldProps & {
    readonly type?: 'text' | 'search' | 'number';
    readonly placeholder?: string;
    /** Id of a `datalist` with suggestions. */
    readonly list?: string;
    readonly min?: number;
    readonly onInput$?: Handler<HTMLInputElement>;
    readonly onChange$?: Handler<HTMLInputElement>;
  },
) => (
  <div class="field">
    <Label {...props} />
    <input
      id={props.id}
      type={props.type ?? 'text'}
      value={props.value}
      min={props.min}
      placeholder={props.placeholder}
      {...{ list: props.list }}
      autocomplete="off"
      spellcheck={false}
      aria-invalid={props.fault !== undefined ? 'true' : undefined}
      aria-describedby={describedBy(props)}
      onInput$={props.onInput$}
      onChange$={props.onChange$}
    />
    <Notes {...props} />
  </div>
);

/** One choice of several. */
export const SelectField = (
  props: FieldProps & {
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly onChange$?: Handler<HTMLSelectElement>;
  },
) => (
  <div class="field">
    <Label {...props} />
    <select
      id={props.id}
      aria-invalid={props.fault !== undefined ? 'true' : undefined}
      aria-describedby={describedBy(props)}
      onChange$={props.onChange$}
    >
      {props.options.map((option) => (
        <option key={option.value} value={option.value} selected={option.value === props.value}>
          {option.label}
        </option>
      ))}
    </select>
    <Notes {...props} />
  </div>
);

/** Several lines, in a monospaced font. */
export const TextAreaField = (
  props: FieldProps & {
    readonly rows?: number;
    readonly onInput$?: Handler<HTMLTextAreaElement>;
  },
) => (
  <div class="field">
    <Label {...props} />
    <textarea
      id={props.id}
      rows={props.rows ?? 12}
      value={props.value}
      spellcheck={false}
      aria-invalid={props.fault !== undefined ? 'true' : undefined}
      aria-describedby={describedBy(props)}
      onInput$={props.onInput$}
    />
    <Notes {...props} />
  </div>
);

/** A choice of yes or no. */
export const CheckField = (props: {
  readonly label: string;
  readonly checked: boolean;
  readonly quietLabel?: boolean;
  readonly onChange$?: Handler<HTMLInputElement>;
}) => (
  <label class="check">
    <input type="checkbox" checked={props.checked} onChange$={props.onChange$} />
    <span class={props.quietLabel === true ? 'visually-hidden' : undefined}>{props.label}</span>
  </label>
);
