// One schedule: what it does, when next, what came of the last times; on, off, edit, delete.
import { $, component$, type QRL, useSignal } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { Button } from '../../component/button.tsx';
import { Dialog } from '../../component/dialog.tsx';
import { CheckField } from '../../component/field.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { setSearch } from '../../routing/navigate.ts';
import { usePreferences } from '../../shell/preferences.ts';
import { readCron } from './cron-reading.ts';
import { hereZone, ScheduleTimes, timeIn } from './schedule-times.tsx';
import { deleteScheduleMutation, type Schedule, updateScheduleMutation } from './schedules-query.ts';
import { scheduleTexts } from './texts.ts';

/** `onChanged$` is called after a change that the server took. */
export const ScheduleCard = component$<{ schedule: Schedule; onChanged$: QRL<() => unknown> }>((props) => {
  const text = useText(scheduleTexts);
  const status = useStatusText();
  const { language } = usePreferences();
  const offline = useOffline();
  const asking = useSignal(false);
  const fault = useSignal('');
  const settle = $(async (outcome: { status: string; message?: string }) => {
    fault.value = outcome.status === 'done' ? '' : (outcome.message ?? '');
    await props.onChanged$();
  });
  const { schedule } = props;
  return (
    <li class="card" data-testid="schedule">
      <div class="card-head">
        <h2>{schedule.name}</h2>
        <CheckField
          label={text('enabled')}
          checked={schedule.enabled}
          onChange$={async (_, element) => {
            const input = { id: schedule.id, enabled: element.checked };
            await settle(await runMutation(updateScheduleMutation, { input }));
          }}
        />
      </div>
      <p>
        {readCron(schedule.cron, language)} <code class="small soft">{schedule.cron}</code>{' '}
        <span class="chip">{schedule.timeZone}</span>
      </p>
      <dl class="definition">
        <dt>{text('suite')}</dt>
        <dd>
          <a href={`/suites/${schedule.suite.id}`}>{schedule.suite.name}</a>
        </dd>
        <dt>{text('next')}</dt>
        <dd>{schedule.nextAt === null ? text('noNext') : timeIn(schedule.nextAt, hereZone(), language)}</dd>
      </dl>
      <details>
        <summary>{text('more')}</summary>
        <ScheduleTimes
          times={schedule.nextTimes}
          timeZone={schedule.timeZone}
          language={language}
          text={text}
        />
      </details>
      <h3 class="small soft">{text('last')}</h3>
      {schedule.lastTimes.length === 0 && <p class="small soft">{text('neverRun')}</p>}
      <ul class="stack">
        {schedule.lastTimes.map((time) => {
          const run = schedule.runs.find(({ id }) => id === time.runId);
          return (
            <li key={time.dueAt} class="row small">
              <span>{timeIn(time.dueAt, hereZone(), language)}</span>
              {time.outcome === 'SKIPPED' ? (
                <span class="soft">{text('skipped')}</span>
              ) : run === undefined ? (
                <span class="soft">{text('runGone')}</span>
              ) : (
                <>
                  <a class="target" href={`/runs/${run.id}`}>
                    {text('run')}
                  </a>
                  <StatusBadge status={run.status} text={status} />
                </>
              )}
              {time.missed > 0 && <span class="soft">{text('missed', { n: time.missed })}</span>}
            </li>
          );
        })}
      </ul>
      <div class="row">
        <Button icon="settings" label={text('edit')} onClick$={() => setSearch({ edit: schedule.id })} />
        <Button
          icon="delete"
          kind="danger"
          label={text('delete')}
          why={offline}
          onClick$={() => {
            asking.value = true;
          }}
        />
      </div>
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
      <Dialog
        open={asking.value}
        title={text('delete')}
        onClose$={() => {
          asking.value = false;
        }}
      >
        <p>{text('deleteAsk', { name: schedule.name })}</p>
        <div class="row">
          <Button
            kind="danger"
            icon="delete"
            label={text('delete')}
            onClick$={async () => {
              asking.value = false;
              await settle(await runMutation(deleteScheduleMutation, { id: schedule.id }));
            }}
          />
          <Button
            label={text('keep')}
            onClick$={() => {
              asking.value = false;
            }}
          />
        </div>
      </Dialog>
    </li>
  );
});
