// The fields of a suite as a form: each change is written into the YAML.
import { component$, type Signal } from '@builder.io/qwik';
import { CheckField, TextField } from '../../component/field.tsx';
import { useText } from '../../i18n/text.ts';
import type { SuiteEditorData } from './suite-editor-query.ts';
import { suiteEditorTexts } from './suite-editor-texts.ts';
import { suiteForm, withField, withToggled } from './suite-form.ts';

const numbers = [
  ['limit', ['limit']],
  ['repeat', ['repeat']],
  ['seed', ['seed']],
  ['temperature', ['generation', 'temperature']],
  ['maxTokens', ['generation', 'max_gen_toks']],
] as const;

/** Nothing but a sentence while the YAML cannot be read. */
export const SuiteFormFields = component$<{ text: Signal<string>; data: SuiteEditorData }>((props) => {
  const text = useText(suiteEditorTexts);
  const form = suiteForm(props.text.value);
  if (form === undefined) return <p class="notice warn">{text('broken')}</p>;
  const offered = {
    models: props.data.models.nodes.filter(({ kind }) => kind === 'language').map(({ name }) => name),
    tasks: props.data.tasks.nodes.map(({ name }) => name),
  };
  const others = { models: form.otherModels, tasks: form.otherTasks };
  return (
    <>
      <section class="card stack">
        {(['name', 'description'] as const).map((key) => (
          <TextField
            key={key}
            id={`suite-${key}`}
            label={text(key)}
            value={form[key]}
            onChange$={(_, element) => {
              props.text.value = withField(props.text.value, [key], element.value);
            }}
          />
        ))}
      </section>
      <div class="columns">
        {(['models', 'tasks'] as const).map((list) => (
          <section key={list} class="card stack tight">
            <h2>{text(list)}</h2>
            {[...new Set([...offered[list], ...form[list]])].map((name) => (
              <CheckField
                key={name}
                label={name}
                checked={form[list].includes(name)}
                onChange$={() => {
                  props.text.value = withToggled(props.text.value, list, name);
                }}
              />
            ))}
            {others[list].length > 0 && (
              <p class="soft small">{text('others', { names: others[list].join(', ') })}</p>
            )}
          </section>
        ))}
        <section class="card stack">
          {numbers.map(([key, field]) => (
            <TextField
              key={key}
              id={`suite-${key}`}
              label={text(key)}
              value={form[key]}
              onChange$={(_, element) => {
                props.text.value = withField(props.text.value, field, element.value);
              }}
            />
          ))}
        </section>
      </div>
    </>
  );
});
