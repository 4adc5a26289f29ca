// Where the configuration comes from: a saved suite, the form, or YAML.
import { $, component$ } from '@builder.io/qwik';
import { TextAreaField } from '../../component/field.tsx';
import { useText } from '../../i18n/text.ts';
import { draftSources, type RunDraft } from './draft.ts';
import { IssueList } from './issue-list.tsx';
import type { Issue } from './issue-place.ts';
import type { Choices } from './new-run-query.ts';
import { writeSuite } from './suite-text.ts';
import { newRunTexts } from './texts.ts';

const labels = { suite: 'fromSuite', form: 'fromForm', text: 'fromText' } as const;

/** The first step. */
export const SourceStep = component$<{
  draft: RunDraft;
  choices: Choices;
  issues: readonly Issue[];
}>((props) => {
  const text = useText(newRunTexts);
  const { draft } = props;
  const suites = props.choices.suites.nodes;
  return (
    <section class="card" id="step-source">
      <h2>{text('source')}</h2>
      <p class="soft">{text('sourceHint')}</p>
      <fieldset class="segments">
        <legend class="visually-hidden">{text('source')}</legend>
        {draftSources.map((source) => (
          <label key={source}>
            <input
              type="radio"
              name="source"
              value={source}
              checked={draft.source === source}
              onChange$={() => changeSource(draft, source, suites)}
            />
            <span>{text(labels[source])}</span>
          </label>
        ))}
      </fieldset>
      <IssueList issues={props.issues} place="general" text={text} />
      {draft.source === 'suite' && suites.length === 0 && <p class="notice">{text('noSuites')}</p>}
      {draft.source === 'suite' && (
        <ul class="choice-list">
          {suites.map((suite) => (
            <li key={suite.id}>
              <label class="choice">
                <input
                  type="radio"
                  name="suite"
                  checked={draft.suiteId === suite.id}
                  onChange$={() => {
                    draft.suiteId = suite.id;
                    draft.models = [];
                    draft.tasks = [];
                  }}
                />
                <span>
                  <strong>{suite.name}</strong>
                  <span class="soft small block">{suite.description}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {draft.source === 'text' && <SuiteEditor draft={draft} issues={props.issues} />}
    </section>
  );
});

/** Turning to YAML begins with what was chosen until then, unless something was written already. */
function changeSource(
  draft: RunDraft,
  source: RunDraft['source'],
  suites: readonly { readonly id: string; readonly yaml: string }[],
): void {
  if (source === 'text' && draft.text.trim() === '') draft.text = suiteText(draft, suites);
  if (draft.source !== 'text' && source !== 'text') {
    draft.models = [];
    draft.tasks = [];
  }
  draft.source = source;
}

/** The YAML that the draft stands for now. */
export function suiteText(
  draft: RunDraft,
  suites: readonly { readonly id: string; readonly yaml: string }[],
): string {
  if (draft.source === 'text') return draft.text;
  if (draft.source === 'form') return writeSuite(draft);
  return suites.find((suite) => suite.id === draft.suiteId)?.yaml ?? '';
}

const SuiteEditor = component$<{ draft: RunDraft; issues: readonly Issue[] }>((props) => {
  const text = useText(newRunTexts);
  const { draft } = props;
  const open$ = $(async (_: Event, element: HTMLInputElement) => {
    const file = element.files?.[0];
    if (file !== undefined) draft.text = await file.text();
    element.value = '';
  });
  return (
    <>
      <TextAreaField
        id="suite-yaml"
        label={text('yaml')}
        value={draft.text}
        rows={20}
        onInput$={(_, element) => {
          draft.text = element.value;
        }}
      />
      {(['models', 'tasks', 'retrieval', 'limits'] as const).map((place) => (
        <IssueList key={place} issues={props.issues} place={place} text={text} />
      ))}
      <label class="button file-button">
        <input class="visually-hidden" type="file" accept=".yaml,.yml,.json" onChange$={open$} />
        {text('openFile')}
      </label>
    </>
  );
});
