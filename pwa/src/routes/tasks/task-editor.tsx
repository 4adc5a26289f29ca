// The editor of a task: its YAML, checked and its first row tried as it is typed, versions, and a try with a model.
import { component$, type QRL, useComputed$ } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { editorTexts } from '../../editor/texts.ts';
import { WarningList } from '../../editor/warning-list.tsx';
import { YamlEditor } from '../../editor/yaml-editor.tsx';
import { draftKey, useTextCheck, useYamlText } from '../../editor/yaml-text.ts';
import { useText } from '../../i18n/text.ts';
import { TryoutPanel } from '../../tryout/tryout.tsx';
import { TaskFacts } from './task-facts.tsx';
import { nameIn, newTask } from './task-name.ts';
import type { TaskData } from './tasks-query.ts';
import { taskTexts } from './texts.ts';

/** `task` is undefined for a new one. `onChanged$` reads it again. */
export const TaskEditor = component$<{ task: TaskData | undefined; onChanged$?: QRL<() => unknown> }>(
  (props) => {
    const text = useText(taskTexts);
    const words = useText(editorTexts);
    const { task } = props;
    const saved = useComputed$(() => props.task?.yaml ?? newTask);
    const draft = useYamlText(draftKey('task', task?.id), saved);
    const check = useTextCheck('task', draft);
    const { faults, warnings } = check.value;
    const faulty = faults.length > 0 ? words('mend') : undefined;
    return (
      <YamlEditor
        kind="task"
        title={task?.name ?? text('newTask')}
        saved={task}
        draft={draft}
        unchanged={saved.value}
        name={nameIn(draft.value)}
        why={faulty}
        onSaved$={async () => await props.onChanged$?.()}
      >
        <div class="editor-columns">
          <section class="card stack">
            <CodeEditor
              id="task-text"
              label={text('yaml')}
              hint={text('yamlHint')}
              lineWord={words('line')}
              value={draft.value}
              rows={20}
              faults={faults}
              onInput$={(_, element) => {
                draft.value = element.value;
              }}
            />
            <WarningList warnings={warnings} />
          </section>
          <div class="stack">
            <section class="card stack">
              {task === undefined ? (
                <p class="soft small">
                  {text('fromColumns')} <a href="/datasets">{text('datasets')}</a>
                </p>
              ) : (
                <>
                  <h2>{text('facts')}</h2>
                  <TaskFacts task={task} />
                  <div class="row">
                    <ButtonLink href={`/new?task=${task.name}&step=models`} icon="play" label={text('run')} />
                  </div>
                </>
              )}
            </section>
            <TryoutPanel
              tried={{ taskYaml: draft.value }}
              hint={text('testHint')}
              why={faulty ?? warnings[0]?.message}
            />
          </div>
        </div>
      </YamlEditor>
    );
  },
);
