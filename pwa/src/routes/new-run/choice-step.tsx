// Models or tasks to tick, with a search when there are many.
import { component$, useComputed$, useSignal } from '@builder.io/qwik';
import { TextField } from '../../component/field.tsx';
import { useText } from '../../i18n/text.ts';
import { chosenAfterClick, isChosen, type RunDraft } from './draft.ts';
import { IssueList } from './issue-list.tsx';
import type { Issue } from './issue-place.ts';
import { newRunTexts } from './texts.ts';

/** One thing to tick. */
export interface Choice {
  readonly name: string;
  readonly description: string;
  /** Why it cannot be used, as the registry tells it. */
  readonly fault: string | undefined;
}

/** From so many on there is a search field. */
const many = 8;

/** The step of models, or that of tasks. */
export const ChoiceStep = component$<{
  draft: RunDraft;
  kind: 'models' | 'tasks';
  choices: readonly Choice[];
  issues: readonly Issue[];
}>((props) => {
  const text = useText(newRunTexts);
  const search = useSignal('');
  const { draft, kind } = props;
  const shown = useComputed$(() => {
    const wanted = search.value.trim().toLowerCase();
    return props.choices.filter(({ name, description }) =>
      `${name} ${description}`.toLowerCase().includes(wanted),
    );
  });
  const count = props.choices.filter(({ name }) => isChosen(draft, draft[kind], name)).length;
  return (
    <section class="card" id={`step-${kind}`}>
      <div class="card-head">
        <h2>{text(kind)}</h2>
        <span class="soft small number">{text('chosen', { n: count })}</span>
      </div>
      <IssueList issues={props.issues} place={kind} text={text} />
      {props.choices.length >= many && (
        <TextField
          id={`search-${kind}`}
          type="search"
          label={text('search')}
          quietLabel={true}
          placeholder={text('search')}
          value={search.value}
          onInput$={(_, element) => {
            search.value = element.value;
          }}
        />
      )}
      {props.choices.length === 0 && (
        <p class="soft">
          {text(draft.source === 'suite' && draft.suiteId === '' ? 'suiteFirst' : 'nothing')}
        </p>
      )}
      {props.choices.length > 0 && shown.value.length === 0 && <p class="soft">{text('noneFound')}</p>}
      <ul class="choice-list columns">
        {shown.value.map((choice) => (
          <li key={choice.name}>
            <label class="choice">
              <input
                type="checkbox"
                checked={isChosen(draft, draft[kind], choice.name)}
                onChange$={() => {
                  const offered = props.choices.map(({ name }) => name);
                  draft[kind] = chosenAfterClick(draft, draft[kind], choice.name, offered);
                }}
              />
              <span>
                <strong>{choice.name}</strong>
                <span class="soft small block">{choice.description}</span>
                {choice.fault !== undefined && <span class="fault small block">{choice.fault}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
});
