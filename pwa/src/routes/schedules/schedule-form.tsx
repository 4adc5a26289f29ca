// Makes or changes a schedule; what it will do is shown while it is written.
import { $, component$, type QRL, useComputed$, useSignal, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { SelectField, TextField } from '../../component/field.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { usePreferences } from '../../shell/preferences.ts';
import { readCron } from './cron-reading.ts';
import { draftOf, inputOf, presetOf, presets } from './schedule-draft.ts';
import { hereZone, ScheduleTimes, timeZones } from './schedule-times.tsx';
import {
  createScheduleMutation,
  nextTimesQuery,
  type Schedule,
  updateScheduleMutation,
} from './schedules-query.ts';
import { scheduleTexts } from './texts.ts';

/** `onDone$` is called when it was saved or left. */
export const ScheduleForm = component$<{
  schedule?: Schedule | undefined;
  suites: readonly { readonly id: string; readonly name: string }[];
  onDone$: QRL<(saved: boolean) => unknown>;
}>((props) => {
  const text = useText(scheduleTexts);
  const { language } = usePreferences();
  const offline = useOffline();
  const draft = useStore(draftOf(props.schedule, props.suites[0]?.id ?? '', hereZone()));
  const faults = useSignal<Readonly<Record<string, string>>>({});
  const refused = useSignal('');
  const busy = useSignal(false);
  const key = useSignal(`${Date.now()}-${Math.random()}`);
  const variables = useComputed$(() => ({ cron: draft.cron, timeZone: draft.timeZone }));
  const { state } = useQuery(nextTimesQuery, variables);
  const save = $(async () => {
    busy.value = true;
    const input = inputOf(draft);
    const outcome =
      props.schedule === undefined
        ? await runMutation(createScheduleMutation, { input, idempotencyKey: key.value })
        : await runMutation(updateScheduleMutation, { input: { id: props.schedule.id, ...input } });
    busy.value = false;
    if (outcome.status === 'done') {
      await props.onDone$(true);
      return;
    }
    faults.value = Object.fromEntries(outcome.issues.map(({ path, message }) => [path, message]));
    refused.value = outcome.issues.length > 0 ? '' : outcome.message;
  });
  const next = state.value.status === 'ready' ? state.value.data.nextTimes : undefined;
  const preview = (path: string) =>
    next?.__typename === 'ValidationError'
      ? next.issues.find((issue) => issue.path === path)?.message
      : undefined;
  return (
    <Card
      title={props.schedule === undefined ? text('create') : text('editTitle', { name: props.schedule.name })}
    >
      <div class="schedule-form">
        <div class="stack">
          <TextField
            id="schedule-name"
            label={text('name')}
            hint={text('nameHint')}
            fault={faults.value.name}
            value={draft.name}
            onInput$={(_, element) => {
              draft.name = element.value;
            }}
          />
          <SelectField
            id="schedule-suite"
            label={text('suite')}
            value={draft.suiteId}
            options={props.suites.map(({ id, name }) => ({ value: id, label: name }))}
            onChange$={(_, element) => {
              draft.suiteId = element.value;
            }}
          />
          <SelectField
            id="schedule-preset"
            label={text('preset')}
            value={presetOf(draft.cron)}
            options={[...(Object.keys(presets) as (keyof typeof presets)[]), 'own' as const].map((value) => ({
              value,
              label: text(value),
            }))}
            onChange$={(_, element) => {
              const chosen = Object.entries(presets).find(([name]) => name === element.value);
              if (chosen !== undefined) draft.cron = chosen[1];
            }}
          />
          <TextField
            id="schedule-cron"
            label={text('cron')}
            hint={text('cronHint')}
            value={draft.cron}
            fault={faults.value.cron ?? preview('cron')}
            onInput$={(_, element) => {
              draft.cron = element.value;
            }}
          />
          <TextField
            id="schedule-zone"
            label={text('timeZone')}
            value={draft.timeZone}
            list="schedule-zones"
            fault={faults.value.timeZone ?? preview('timeZone')}
            onChange$={(_, element) => {
              draft.timeZone = element.value;
            }}
          />
          <datalist id="schedule-zones">
            {timeZones().map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
        <div class="stack">
          <p class="schedule-reading" aria-live="polite">
            {readCron(draft.cron, language)}
          </p>
          {next?.__typename === 'NextTimes' && (
            <ScheduleTimes times={next.times} timeZone={draft.timeZone} language={language} text={text} />
          )}
          <SelectField
            id="schedule-missed"
            label={text('missedTimes')}
            value={draft.missedTimes}
            options={(['CATCH_UP', 'SKIP'] as const).map((value) => ({ value, label: text(value) }))}
            onChange$={(_, element) => {
              draft.missedTimes = element.value === 'SKIP' ? 'SKIP' : 'CATCH_UP';
            }}
          />
          <TextField
            id="schedule-limit"
            type="number"
            min={1}
            label={text('limit')}
            hint={text('limitHint')}
            fault={faults.value.limit}
            value={draft.limit}
            onInput$={(_, element) => {
              draft.limit = element.value;
            }}
          />
          <TextField
            id="schedule-priority"
            type="number"
            label={text('priority')}
            hint={text('priorityHint')}
            fault={faults.value.priority}
            value={draft.priority}
            onInput$={(_, element) => {
              draft.priority = element.value;
            }}
          />
        </div>
      </div>
      {refused.value !== '' && (
        <p class="notice bad" role="alert">
          {refused.value}
        </p>
      )}
      <div class="row">
        <Button
          kind="primary"
          icon="ok"
          label={text('save')}
          why={offline}
          busy={busy.value}
          onClick$={save}
        />
        <Button label={text('cancel')} onClick$={() => props.onDone$(false)} />
      </div>
    </Card>
  );
});
