// Everything that can be done to a run of a list: a sheet from below on a phone, a dialog on a desktop.
import { $, component$, type QRL, useSignal } from '@builder.io/qwik';
import { Dialog } from '../component/dialog.tsx';
import { Icon, type IconName } from '../component/icon.tsx';
import { useText } from '../i18n/text.ts';
import { useOffline } from '../offline/use-offline.ts';
import { actOnRun, type RunAction } from './run-action.ts';
import { runActionTexts } from './run-action-text.ts';
import { RunQuestion } from './run-question.tsx';
import { isFinished, type RunStatusName } from './run-status.ts';

/** The run that a menu was opened for; `ask` begins with that question instead of the list. */
export interface MenuTarget {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatusName;
  readonly failed: number;
  readonly ask: '' | 'cancel' | 'delete';
}

const icons = {
  pause: 'paused',
  resume: 'play',
  retry: 'retry',
  cancel: 'close',
  delete: 'delete',
} as const satisfies Record<RunAction, IconName>;

/** `onCompare$` puts the run among those to compare; `onDone$` is told what the server accepted. */
export const RunMenu = component$<{
  target: MenuTarget;
  onClose$: QRL<() => unknown>;
  onCompare$: QRL<(id: string) => unknown>;
  onDone$: QRL<(action: RunAction, id: string) => unknown>;
}>((props) => {
  const text = useText(runActionTexts);
  const offline = useOffline();
  const asking = useSignal(props.target.ask);
  const busy = useSignal(false);
  const fault = useSignal('');
  const { id, name } = props.target;
  const act = $(async (action: RunAction) => {
    busy.value = true;
    const outcome = await actOnRun(action, props.target.id);
    busy.value = false;
    if (outcome.status === 'refused') {
      fault.value = outcome.message;
      asking.value = '';
      return;
    }
    await props.onDone$(action, props.target.id);
    await props.onClose$();
  });
  return (
    <Dialog
      open={true}
      sheet={true}
      title={asking.value === '' ? name : `${text(asking.value)}: ${name}`}
      onClose$={props.onClose$}
    >
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
      {asking.value !== '' ? (
        <RunQuestion
          action={asking.value}
          busy={busy.value}
          onYes$={() => act(asking.value === 'delete' ? 'delete' : 'cancel')}
          onNo$={props.onClose$}
        />
      ) : (
        <ul class="action-list">
          <li>
            <a href={`/new?from=${id}`}>
              <Icon name="copy" />
              {text('clone')}
            </a>
          </li>
          <li>
            <button
              type="button"
              onClick$={async () => {
                await props.onCompare$(id);
                await props.onClose$();
              }}
            >
              <Icon name="compare" />
              {text('compare')}
            </button>
          </li>
          {possibleActions(props.target).map((action) => (
            <li key={action}>
              <button
                type="button"
                class={action === 'cancel' || action === 'delete' ? 'danger' : undefined}
                aria-disabled={offline !== undefined || busy.value ? 'true' : undefined}
                title={offline}
                onClick$={async () => {
                  if (offline !== undefined || busy.value) return;
                  if (action === 'cancel' || action === 'delete') asking.value = action;
                  else await act(action);
                }}
              >
                <Icon name={icons[action]} />
                {text(action)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
});

/** What the API would accept of this run now, as far as the list knows. */
function possibleActions(run: MenuTarget): RunAction[] {
  const over = isFinished(run.status);
  return [
    ...(over ? [] : [run.status === 'PAUSED' ? ('resume' as const) : ('pause' as const)]),
    ...(over && run.failed > 0 ? ['retry' as const] : []),
    ...(over ? [] : ['cancel' as const]),
    'delete',
  ];
}
