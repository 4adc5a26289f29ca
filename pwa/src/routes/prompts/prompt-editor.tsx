// The editor of a prompt: template, variables with a preview, versions, and a try with a model.
import { $, component$, type QRL, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Dialog } from '../../component/dialog.tsx';
import { TextAreaField, TextField } from '../../component/field.tsx';
import { Icon } from '../../component/icon.tsx';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { saveFile } from '../../editor/save-file.ts';
import { VersionSheet } from '../../editor/version-sheet.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { navigate } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { type PromptCheck, usePromptCheck } from './prompt-check.ts';
import { isChanged, type PromptDraft, resetDraft, usePromptDraft } from './prompt-draft.ts';
import {
  deletePromptMutation,
  labelPromptMutation,
  type PromptData,
  savePromptMutation,
} from './prompts-query.ts';
import { promptTexts } from './texts.ts';
import { TryoutPanel } from './tryout.tsx';

const labels = ['production', 'candidate'] as const;

/** `prompt` is undefined for a new one. `onChanged$` reads it again. */
export const PromptEditor = component$<{ prompt: PromptData | undefined; onChanged$?: QRL<() => unknown> }>(
  (props) => {
    const text = useText(promptTexts);
    const offline = useOffline();
    const draft = usePromptDraft(props.prompt);
    const check = usePromptCheck(draft, props.prompt?.variables ?? []);
    const message = useSignal('');
    const fault = useSignal('');
    const busy = useSignal(false);
    const versions = useSignal(false);
    const removing = useSignal(false);
    const { prompt } = props;
    const changed = isChanged(draft, prompt);
    const faulty = check.value.faults.length > 0 || draft.template.trim() === '';
    const whySave =
      offline ??
      (draft.name.trim() === '' ? text('needsName') : faulty ? text('mend') : undefined) ??
      (prompt?.bundled && draft.name === prompt.name ? text('bundledHint') : undefined);
    const save$ = $(async () => {
      busy.value = true;
      fault.value = '';
      const { name, template, description } = draft;
      const outcome = await runMutation(savePromptMutation, {
        input: { name: name.trim(), template, description },
      });
      busy.value = false;
      if (outcome.status === 'refused') {
        fault.value = outcome.message;
        return;
      }
      const { id, version } = outcome.data;
      message.value = text(changed ? 'saved' : 'unchanged', { version });
      await resetDraft(draft, prompt);
      if (id === prompt?.id) {
        Object.assign(draft, { name, template, description });
        await props.onChanged$?.();
      } else navigate(`/prompts/${id}`);
    });
    const label$ = $(async (label: string, version: number | null) => {
      const outcome = await runMutation(labelPromptMutation, { id: prompt?.id ?? '', label, version });
      if (outcome.status === 'refused') fault.value = outcome.message;
      else await props.onChanged$?.();
    });
    const remove$ = $(async () => {
      removing.value = false;
      const outcome = await runMutation(deletePromptMutation, { id: prompt?.id ?? '' });
      if (outcome.status === 'refused') {
        fault.value = outcome.message;
        return;
      }
      await resetDraft(draft, prompt);
      navigate('/prompts');
    });
    return (
      <div class="stack">
        <PageTitle text={prompt?.name ?? text('newPrompt')}>
          {prompt !== undefined && (
            <>
              <Button
                icon="down"
                label={text('versions')}
                onClick$={() => {
                  versions.value = true;
                }}
              />
              <Button
                icon="download"
                label="YAML"
                onClick$={() => saveFile(`${prompt.name}.yaml`, prompt.yaml)}
              />
            </>
          )}
          <Button
            icon="ok"
            kind="primary"
            label={text(busy.value ? 'saving' : 'save')}
            busy={busy.value}
            why={whySave}
            onClick$={save$}
          />
        </PageTitle>
        <div role="status" class="stack tight">
          {message.value !== '' && <p class="notice">{message.value}</p>}
          {prompt?.bundled === true && <p class="soft small">{text('bundledHint')}</p>}
        </div>
        {fault.value !== '' && (
          <p class="notice bad" role="alert">
            <Icon name="failed" />
            {fault.value}
          </p>
        )}
        <div class="editor-columns">
          <section class="card stack">
            <TextField
              id="prompt-name"
              label={text('name')}
              hint={text('nameHint')}
              fault={draft.name === '' ? undefined : check.value.nameFault}
              value={draft.name}
              onInput$={(_, element) => {
                draft.name = element.value;
              }}
            />
            <TextField
              id="prompt-description"
              label={text('description')}
              value={draft.description}
              onInput$={(_, element) => {
                draft.description = element.value;
              }}
            />
            <CodeEditor
              id="prompt-template"
              label={text('template')}
              hint={text('templateHint')}
              lineWord={text('line')}
              value={draft.template}
              rows={10}
              faults={check.value.faults}
              onInput$={(_, element) => {
                draft.template = element.value;
                message.value = '';
              }}
            />
            {changed && (
              <div class="row">
                <span class="soft small">{text('draft')}</span>
                <Button kind="quiet" label={text('discard')} onClick$={() => resetDraft(draft, prompt)} />
              </div>
            )}
            {prompt !== undefined && !prompt.bundled && (
              <div class="row">
                <Button
                  kind="danger"
                  label={text('remove')}
                  why={offline}
                  onClick$={() => {
                    removing.value = true;
                  }}
                />
              </div>
            )}
          </section>
          <div class="stack">
            <VariablesCard draft={draft} check={check.value} />
            <TryoutPanel
              draft={draft}
              variables={check.value.variables}
              why={faulty ? text('mend') : undefined}
            />
          </div>
        </div>
        {prompt !== undefined && (
          <VersionSheet
            open={versions.value}
            labels={labels}
            why={offline}
            versions={prompt.versions.map(({ template, ...one }) => ({ ...one, text: template }))}
            onClose$={() => {
              versions.value = false;
            }}
            onLoad$={(older: string) => {
              draft.template = older;
              versions.value = false;
            }}
            onLabel$={label$}
          />
        )}
        <Dialog
          open={removing.value}
          title={text('removeSure')}
          onClose$={() => {
            removing.value = false;
          }}
        >
          <p>{text('removeKept')}</p>
          <div class="row">
            <Button kind="danger" label={text('remove')} onClick$={remove$} />
            <Button
              label={text('back')}
              onClick$={() => {
                removing.value = false;
              }}
            />
          </div>
        </Dialog>
      </div>
    );
  },
);

const VariablesCard = component$<{ draft: PromptDraft; check: PromptCheck }>((props) => {
  const text = useText(promptTexts);
  const { draft, check } = props;
  return (
    <section class="card stack">
      <h2>{text('variables')}</h2>
      {check.variables.length === 0 && <p class="soft">{text('noVariables')}</p>}
      {check.variables.map((name) => (
        <TextAreaField
          key={name}
          id={`variable-${name}`}
          label={name}
          rows={2}
          hint={name === 'contexts' ? text('valueHint') : undefined}
          value={draft.values[name] ?? ''}
          onInput$={(_, element) => {
            draft.values = { ...draft.values, [name]: element.value };
          }}
        />
      ))}
      <h3>{text('preview')}</h3>
      {check.previewFault === undefined ? (
        <pre class="code" tabIndex={0}>
          {check.preview ?? ''}
        </pre>
      ) : (
        <p class="soft small">
          {text('previewFailed')} {check.previewFault}
        </p>
      )}
    </section>
  );
});
