// Tries the text with a model: on the values given, or on rows of a task, streamed.
import { $, component$, type NoSerialize, noSerialize, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Button } from '../component/button.tsx';
import { SelectField } from '../component/field.tsx';
import { Icon } from '../component/icon.tsx';
import { client } from '../graphql/client.ts';
import { useQuery } from '../graphql/use-query.ts';
import { type Format, useFormat } from '../i18n/format.ts';
import { type Text, useText } from '../i18n/text.ts';
import { useOffline } from '../offline/use-offline.ts';
import { tryoutTexts } from './texts.ts';
import { playgroundSubscription, tryoutQuery } from './tryout-query.ts';
import { type TriedSample, type Tryout, untried, withChunk } from './tryout-state.ts';

type Words = Text<keyof (typeof tryoutTexts)['en']>;

const rows = 5;
const longestAnswer = 256;

/** What is tried: a template, with a task of the reader's choice or with values; or a task as it is written. */
export type Tried =
  | { readonly template: string; readonly variables: Readonly<Record<string, unknown>> }
  | { readonly taskYaml: string };

/** `hint` says what the text may read; `why` keeps it from being started. */
export const TryoutPanel = component$<{
  tried: Tried;
  hint: string;
  why: string | undefined;
}>((props) => {
  const text = useText(tryoutTexts);
  const format = useFormat();
  const offline = useOffline();
  const { state } = useQuery(tryoutQuery, useSignal({}), { keepFor: 'prompts' });
  const model = useSignal('');
  const task = useSignal('');
  const tryout = useSignal<Tryout>(untried);
  const running = useSignal<NoSerialize<() => void>>();
  useVisibleTask$(({ cleanup }) => cleanup(() => running.value?.()), { strategy: 'document-ready' });
  const known =
    state.value.status === 'ready' || state.value.status === 'stale' ? state.value.data : undefined;
  const models = (known?.models.nodes ?? []).filter(
    ({ kind, fault }) => kind === 'language' && fault === null,
  );
  const chosen = model.value || models[0]?.name || '';
  const start$ = $(() => {
    running.value?.();
    tryout.value = { ...untried, state: 'running' };
    const sampled = task.value === '' ? { maxTokens: longestAnswer } : { task: task.value, samples: rows };
    const { tried } = props;
    const input = { model: chosen, ...tried, ...('taskYaml' in tried ? { samples: rows } : sampled) };
    const subscribed = client.subscription(playgroundSubscription, { input }).subscribe(({ data, error }) => {
      if (error !== undefined) tryout.value = { ...tryout.value, state: 'done', fault: error.message };
      else if (data !== undefined) tryout.value = withChunk(tryout.value, data.playground);
    });
    running.value = noSerialize(() => subscribed.unsubscribe());
  });
  const stop$ = $(() => {
    running.value?.();
    tryout.value = { ...tryout.value, state: 'stopped' };
  });
  const busy = tryout.value.state === 'running';
  const ownTask = 'taskYaml' in props.tried;
  const why = offline ?? props.why ?? (chosen === '' ? text('noModel') : undefined);
  return (
    <section class="card stack" id="tryout">
      <h2>{text('test')}</h2>
      <p class="soft small">{props.hint}</p>
      <SelectField
        id="tryout-model"
        label={text('model')}
        value={chosen}
        options={models.map(({ name }) => ({ value: name, label: name }))}
        onChange$={(_, element) => {
          model.value = element.value;
        }}
      />
      {!ownTask && (
        <SelectField
          id="tryout-task"
          label={text('task')}
          value={task.value}
          options={[
            { value: '', label: text('noTask') },
            ...(known?.tasks.nodes ?? []).map(({ name }) => ({ value: name, label: name })),
          ]}
          onChange$={(_, element) => {
            task.value = element.value;
          }}
        />
      )}
      <div class="row">
        {busy ? (
          <Button icon="close" label={text('stop')} onClick$={stop$} />
        ) : (
          <Button
            icon="play"
            kind="primary"
            label={text(task.value === '' && !ownTask ? 'testOne' : 'testRows')}
            why={why}
            onClick$={start$}
          />
        )}
        <span class="soft small" role="status">
          {tryout.value.state === 'stopped' ? text('stopped') : busy ? text('waiting') : ''}
        </span>
      </div>
      {tryout.value.fault !== undefined && (
        <p class="notice bad" role="alert">
          <Icon name="failed" />
          {tryout.value.fault}
        </p>
      )}
      <ol class="sheet-list">
        {tryout.value.samples.map((sample) => (
          <li key={sample.index} class="card stack tight" data-state={sample.state}>
            <Sample sample={sample} text={text} format={format} />
          </li>
        ))}
      </ol>
    </section>
  );
});

const Sample = (props: { sample: TriedSample; text: Words; format: Format }) => {
  const { sample, text, format } = props;
  const done = sample.tokens !== undefined && sample.seconds !== undefined;
  return (
    <>
      <div class="row between">
        <h3>{text('sample', { n: sample.index + 1 })}</h3>
        <span class="row">
          {sample.scores.map(({ metric, filter, value }) => (
            <span key={`${metric} ${filter}`} class="chip">
              {metric} {format.number(value, 2)}
            </span>
          ))}
        </span>
      </div>
      <details>
        <summary>{text('sent')}</summary>
        <pre class="code" tabIndex={0}>
          {sample.prompt}
        </pre>
      </details>
      <p class="soft small">
        {text(sample.text === '' && sample.prediction !== undefined ? 'chosen' : 'answer')}
      </p>
      <pre class="answer-text" tabIndex={0}>
        {sample.text || (sample.state === 'answered' ? sample.prediction : '')}
      </pre>
      {sample.target !== undefined && (
        <p class="small">
          <span class="soft">{text('target')}:</span> {sample.target}
        </p>
      )}
      {sample.message !== undefined && (
        <p class="notice bad">
          <Icon name="failed" />
          {sample.message}
        </p>
      )}
      <p class="soft small">
        {sample.state === 'writing' && text('writing')}
        {done && text('tokens', { n: sample.tokens ?? 0, seconds: format.number(sample.seconds ?? 0, 2) })}
      </p>
    </>
  );
};
