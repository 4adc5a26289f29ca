// A text of several lines with their numbers; lines with a fault are marked, and the faults stand below.
import type { Handler } from '../component/handler.ts';
import './code-editor.css';
import { Icon } from '../component/icon.tsx';

/** Something wrong with the text. */
export interface TextFault {
  /** From 1; undefined when it is about the whole. */
  readonly line?: number | null | undefined;
  readonly message: string;
}

/** Tab leaves the field, as in any form. Faults are read out as they come. */
export const CodeEditor = (props: {
  /** Unique on the page. */
  id: string;
  label: string;
  value: string;
  /** Fewest lines shown. */
  rows?: number;
  hint?: string | undefined;
  faults?: readonly TextFault[];
  /** `Line {n}`, for screen readers and before a fault. */
  lineWord: string;
  onInput$?: Handler<HTMLTextAreaElement>;
}) => {
  const faults = props.faults ?? [];
  const lines = Math.max(props.rows ?? 8, props.value.split('\n').length);
  const marked = new Set(faults.map(({ line }) => line));
  return (
    <div class="field code-editor">
      <label for={props.id}>{props.label}</label>
      {props.hint !== undefined && <span class="soft small">{props.hint}</span>}
      <div class={['code-frame', faults.length > 0 ? 'bad' : undefined]}>
        <div class="code-lines" aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            <span key={index} class={marked.has(index + 1) ? 'bad' : undefined}>
              {index + 1}
            </span>
          ))}
        </div>
        <textarea
          id={props.id}
          rows={lines}
          value={props.value}
          wrap="off"
          spellcheck={false}
          autocomplete="off"
          autoCapitalize="off"
          aria-invalid={faults.length > 0 ? 'true' : undefined}
          aria-describedby={faults.length > 0 ? `${props.id}-faults` : undefined}
          onInput$={props.onInput$}
        />
      </div>
      <div id={`${props.id}-faults`} role="status" class="stack tight">
        {faults.map(({ line, message }) => (
          <p key={`${line} ${message}`} class="notice bad">
            <Icon name="failed" />
            <span>
              {line !== null && line !== undefined && (
                <strong>
                  {props.lineWord} {line}:{' '}
                </strong>
              )}
              {message}
            </span>
          </p>
        ))}
      </div>
    </div>
  );
};
