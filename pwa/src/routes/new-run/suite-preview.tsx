// The YAML that the form stands for, live beside it.
import { $, component$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { CopyButton } from '../../component/copy-button.tsx';
import { useText } from '../../i18n/text.ts';
import type { RunDraft } from './draft.ts';
import { newRunTexts } from './texts.ts';

/** Read-only; "edit" takes it over into the draft. */
export const SuitePreview = component$<{ draft: RunDraft; yaml: string }>((props) => {
  const text = useText(newRunTexts);
  const save$ = $(() => {
    const url = URL.createObjectURL(new Blob([props.yaml], { type: 'application/yaml' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'suite.yaml';
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1_000);
  });
  const edit$ = $(() => {
    props.draft.text = props.yaml;
    props.draft.source = 'text';
  });
  return (
    <section class="card">
      <div class="card-head">
        <h2>{text('yaml')}</h2>
        <div class="row">
          <CopyButton text={props.yaml} iconOnly={true} />
          <Button icon="download" label={text('saveFile')} iconOnly={true} onClick$={save$} />
        </div>
      </div>
      {props.draft.source !== 'text' && (
        <pre class="code" tabIndex={0}>
          {props.yaml}
        </pre>
      )}
      {props.draft.source !== 'text' && <Button kind="quiet" label={text('editYaml')} onClick$={edit$} />}
    </section>
  );
});
