// The versions of a text: which there are, and what differs between two.
import { component$, type QRL, useSignal } from '@builder.io/qwik';
import { Button } from '../component/button.tsx';
import { Dialog } from '../component/dialog.tsx';
import { TextDiff } from '../component/text-diff.tsx';
import { useFormat } from '../i18n/format.ts';
import { messages, useText } from '../i18n/text.ts';

/** One version. */
export interface ShownVersion {
  readonly version: number;
  readonly text: string;
  readonly createdAt: string;
  readonly labels: readonly string[];
}

const texts = messages({
  en: {
    versions: 'Versions',
    version: 'Version {n}',
    newest: 'Newest',
    compare: 'Compare with the one before',
    hide: 'Hide the difference',
    first: 'The first version: nothing to compare with.',
    load: 'Edit this text',
    close: 'Close',
    unlabel: 'Take {label} away',
    label: 'Label {label}',
  },
  'pt-BR': {
    versions: 'Versões',
    version: 'Versão {n}',
    newest: 'Mais nova',
    compare: 'Comparar com a anterior',
    hide: 'Ocultar a diferença',
    first: 'A primeira versão: não há com o que comparar.',
    load: 'Editar este texto',
    close: 'Fechar',
    unlabel: 'Retirar {label}',
    label: 'Rotular {label}',
  },
});

/** A sheet on a phone. `onLabel$` is left out where versions bear no labels. */
export const VersionSheet = component$<{
  open: boolean;
  versions: readonly ShownVersion[];
  labels?: readonly string[];
  why?: string | undefined;
  onClose$: QRL<() => unknown>;
  onLoad$: QRL<(text: string) => unknown>;
  onLabel$?: QRL<(label: string, version: number | null) => unknown>;
}>((props) => {
  const text = useText(texts);
  const format = useFormat();
  const compared = useSignal(0);
  return (
    <Dialog open={props.open} sheet={true} title={text('versions')} onClose$={props.onClose$}>
      <ul class="sheet-list">
        {props.versions.map((one, index) => {
          const before = props.versions[index + 1];
          const shown = compared.value === one.version;
          return (
            <li key={one.version} class="card stack tight">
              <div class="row between">
                <strong>{text('version', { n: one.version })}</strong>
                <span class="row">
                  {index === 0 && <span class="chip">{text('newest')}</span>}
                  {one.labels.map((label) => (
                    <span key={label} class="badge accent">
                      {label}
                    </span>
                  ))}
                </span>
              </div>
              <p class="soft small">{format.dateTime(one.createdAt)}</p>
              <div class="row">
                <Button
                  kind="quiet"
                  icon="compare"
                  label={text(shown ? 'hide' : 'compare')}
                  why={before === undefined ? text('first') : undefined}
                  onClick$={() => {
                    compared.value = shown ? 0 : one.version;
                  }}
                />
                <Button kind="quiet" label={text('load')} onClick$={() => props.onLoad$(one.text)} />
                {props.labels?.map((label) => {
                  const bears = one.labels.includes(label);
                  return (
                    <Button
                      key={label}
                      kind="quiet"
                      label={text(bears ? 'unlabel' : 'label', { label })}
                      why={props.why}
                      onClick$={() => props.onLabel$?.(label, bears ? null : one.version)}
                    />
                  );
                })}
              </div>
              {shown && before !== undefined && <TextDiff from={before.text} to={one.text} />}
            </li>
          );
        })}
      </ul>
      <div class="row">
        <Button label={text('close')} onClick$={props.onClose$} />
      </div>
    </Dialog>
  );
});
