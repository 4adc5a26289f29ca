// The picks of a new task, checked by the server as they change.
import { $, component$, useSignal, useStore, useVisibleTask$ } from '@builder.io/qwik';
import { Button, ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { SelectField, TextField } from '../../component/field.tsx';
import { keep } from '../../editor/kept-draft.ts';
import { saveText } from '../../editor/text-operations.ts';
import { draftKey } from '../../editor/yaml-text.ts';
import { client } from '../../graphql/client.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { navigate } from '../../routing/navigate.ts';
import './datasets.css';
import { type DraftSplit, firstDraft, taskForms, taskInput } from './task-draft.ts';
import { datasetTaskQuery } from './task-query.ts';
import { taskTexts } from './task-texts.ts';

const waitMs = 200;

interface Checked {
  readonly yaml: string | undefined;
  readonly issues: Readonly<Record<string, string>>;
}

/** Begins with a guess by the names of the columns. */
export const TaskForm = component$<{ dataset: string; splits: readonly DraftSplit[] }>((props) => {
  const text = useText(taskTexts);
  const offline = useOffline();
  const draft = useStore(firstDraft(props.dataset, props.splits));
  const checked = useSignal<Checked>({ yaml: undefined, issues: {} });
  const saved = useSignal('');
  const busy = useSignal(false);
  useVisibleTask$(
    ({ track, cleanup }) => {
      const input = track(() => taskInput(draft, props.dataset));
      const timer = setTimeout(async () => {
        const { data, error } = await client.query(datasetTaskQuery, { input }).toPromise();
        const answer = data?.datasetTask;
        if (answer?.__typename === 'QueryDatasetTaskSuccess')
          checked.value = { yaml: answer.data, issues: {} };
        else {
          const issues =
            answer?.__typename === 'ValidationError'
              ? answer.issues.map(({ path, message }) => [path, message])
              : [['', answer?.message ?? error?.message ?? '']];
          checked.value = { yaml: undefined, issues: Object.fromEntries(issues) };
        }
      }, waitMs);
      cleanup(() => clearTimeout(timer));
    },
    { strategy: 'document-ready' },
  );
  const save$ = $(async () => {
    const { yaml } = checked.value;
    if (yaml === undefined) return;
    busy.value = true;
    const outcome = await saveText('task', { yaml });
    busy.value = false;
    if (outcome.status === 'done') {
      saved.value = outcome.data.name;
      return;
    }
    const named = outcome.issues.map(({ path, message }) => [path === 'task' ? 'task' : '', message]);
    checked.value = {
      yaml,
      issues: named.length === 0 ? { '': outcome.message } : Object.fromEntries(named),
    };
  });

  const columns = props.splits.find(({ name }) => name === draft.split)?.columns ?? [];
  const columnOptions = columns.map((column) => ({ value: column, label: column }));
  const splitOptions = props.splits.map(({ name }) => ({ value: name, label: name }));
  const { issues, yaml } = checked.value;
  const rolling = draft.form === 'LOGLIKELIHOOD_ROLLING';
  const generates = draft.form === 'GENERATE_UNTIL' || draft.form === 'CHAT';
  const shots = (Number.parseInt(draft.numFewshot, 10) || 0) > 0;
  const choices = draft.form === 'MULTIPLE_CHOICE';
  return (
    <>
      <Card>
        <div class="field-row">
          <TextField
            id="task-name"
            label={text('task')}
            value={draft.task}
            fault={issues['task']}
            onInput$={(_event, element) => {
              draft.task = element.value;
              saved.value = '';
            }}
          />
          <SelectField
            id="task-form"
            label={text('form')}
            value={draft.form}
            options={taskForms.map((form) => ({ value: form, label: text(form) }))}
            onChange$={(_event, element) => {
              draft.form = taskForms.find((form) => form === element.value) ?? 'GENERATE_UNTIL';
            }}
          />
          <SelectField
            id="task-split"
            label={text('split')}
            value={draft.split}
            fault={issues['split']}
            options={splitOptions}
            onChange$={(_event, element) => {
              draft.split = element.value;
            }}
          />
          <SelectField
            id="task-question"
            label={text(rolling ? 'wholeText' : 'question')}
            value={draft.question}
            fault={issues['question']}
            options={columnOptions}
            onChange$={(_event, element) => {
              draft.question = element.value;
            }}
          />
          {choices && (
            <TextField
              id="task-choices"
              label={text('choices')}
              hint={text('choicesHint')}
              value={draft.choices}
              fault={issues['choices']}
              onInput$={(_event, element) => {
                draft.choices = element.value;
              }}
            />
          )}
          {!rolling && (
            <SelectField
              id="task-answer"
              label={text('answer')}
              value={draft.answer}
              fault={issues['answer']}
              options={columnOptions}
              onChange$={(_event, element) => {
                draft.answer = element.value;
              }}
            />
          )}
          {choices && (
            <SelectField
              id="task-choice-answer"
              label={text('choiceAnswer')}
              value={draft.choiceAnswer}
              options={(['INDEX', 'LETTER', 'TEXT'] as const).map((kind) => ({
                value: kind,
                label: text(kind),
              }))}
              onChange$={(_event, element) => {
                draft.choiceAnswer = element.value as 'INDEX';
              }}
            />
          )}
          {!rolling && (
            <TextField
              id="task-shots"
              type="number"
              min={0}
              label={text('numFewshot')}
              value={draft.numFewshot}
              onInput$={(_event, element) => {
                draft.numFewshot = element.value;
              }}
            />
          )}
          {!rolling && shots && (
            <SelectField
              id="task-shots-split"
              label={text('fewshotSplit')}
              value={draft.fewshotSplit}
              fault={issues['fewshotSplit']}
              options={splitOptions}
              onChange$={(_event, element) => {
                draft.fewshotSplit = element.value;
              }}
            />
          )}
          {generates && (
            <TextField
              id="task-tokens"
              type="number"
              min={1}
              label={text('maxTokens')}
              value={draft.maxTokens}
              onInput$={(_event, element) => {
                draft.maxTokens = element.value;
              }}
            />
          )}
          {!rolling && (
            <TextField
              id="task-description"
              label={text('description')}
              hint={text('optional')}
              value={draft.description}
              onInput$={(_event, element) => {
                draft.description = element.value;
              }}
            />
          )}
        </div>
        {issues[''] !== undefined && (
          <p class="notice bad" role="alert">
            {issues['']}
          </p>
        )}
        {saved.value !== '' && (
          <div class="notice" role="status">
            <p>{text('saved', { name: saved.value })}</p>
            <ButtonLink href={`/new?task=${saved.value}&step=models`} icon="play" label={text('run')} />
            <ButtonLink href={`/tasks/${saved.value}`} icon="task" label={text('open')} />
          </div>
        )}
        <p class="row">
          <Button
            label={text('save')}
            kind="primary"
            busy={busy.value}
            why={
              offline ??
              (yaml === undefined ? text(Object.keys(issues).length > 0 ? 'faulty' : 'loading') : undefined)
            }
            onClick$={save$}
          />
          <Button
            label={text('edit')}
            why={yaml === undefined ? text('loading') : undefined}
            onClick$={async () => {
              await keep(draftKey('task', undefined), checked.value.yaml);
              navigate('/tasks/new');
            }}
          />
        </p>
      </Card>
      <Card title={text('preview')}>
        <pre class="yaml" tabIndex={0}>
          <code>{yaml ?? '…'}</code>
        </pre>
      </Card>
    </>
  );
});
