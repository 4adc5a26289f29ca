// The editor of a prompt: template, variables with a preview, versions, and a try with a model.
import { component$, type QRL } from '@builder.io/qwik';
import { TextAreaField, TextField } from '../../component/field.tsx';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { editorTexts } from '../../editor/texts.ts';
import { VersionEditor } from '../../editor/version-editor.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { TryoutPanel } from '../../tryout/tryout.tsx';
import { type PromptCheck, usePromptCheck } from './prompt-check.ts';
import { isChanged, type PromptDraft, resetDraft, usePromptDraft, valuesOf } from './prompt-draft.ts';
import { labelPromptMutation, type PromptData } from './prompts-query.ts';
import { promptTexts } from './texts.ts';

const labels = ['production', 'candidate'] as const;

/** `prompt` is undefined for a new one. `onChanged$` reads it again. */
export const PromptEditor = component$<{ prompt: PromptData | undefined; onChanged$?: QRL<() => unknown> }>(
  (props) => {
    const text = useText(promptTexts);
    const words = useText(editorTexts);
    const draft = usePromptDraft(props.prompt);
    const check = usePromptCheck(draft, props.prompt?.variables ?? []);
    const { prompt } = props;
    const name = draft.name.trim();
    const faulty = check.value.faults.length > 0 || draft.template.trim() === '';
    return (
      <VersionEditor
        kind="prompt"
        title={prompt?.name ?? text('newPrompt')}
        saved={prompt && { ...prompt, versions: prompt.versions.map(shownVersion) }}
        name={name}
        why={name === '' ? words('needsName') : faulty ? words('mend') : undefined}
        changed={isChanged(draft, prompt)}
        file={prompt?.yaml}
        labels={labels}
        input$={() => {
          const { template, description } = draft;
          return { name: draft.name.trim(), template, description };
        }}
        onSaved$={async () => await props.onChanged$?.()}
        onDiscard$={() => resetDraft(draft, props.prompt)}
        onLoad$={(older: string) => {
          draft.template = older;
        }}
        onLabel$={async (label: string, version: number | null) => {
          const id = props.prompt?.id ?? '';
          const outcome = await runMutation(labelPromptMutation, { id, label, version });
          if (outcome.status === 'refused') return outcome.message;
          await props.onChanged$?.();
          return undefined;
        }}
      >
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
              lineWord={words('line')}
              value={draft.template}
              rows={10}
              faults={check.value.faults}
              onInput$={(_, element) => {
                draft.template = element.value;
              }}
            />
          </section>
          <div class="stack">
            <VariablesCard draft={draft} check={check.value} />
            <TryoutPanel
              tried={{
                template: draft.template,
                variables: valuesOf(check.value.variables, draft.values),
              }}
              hint={text('testHint')}
              why={faulty ? words('mend') : undefined}
            />
          </div>
        </div>
      </VersionEditor>
    );
  },
);

function shownVersion({ template, ...version }: PromptData['versions'][number]) {
  return { ...version, text: template };
}

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
