// Pause, resume, cancel, try failed samples again: each says why it cannot be done now.
import { $, component$, type QRL, useSignal } from '@builder.io/qwik';
import { Button } from '../component/button.tsx';
import { Dialog } from '../component/dialog.tsx';
import { messages, useText } from '../i18n/text.ts';
import { useOffline } from '../offline/use-offline.ts';
import { actOnRun, type RunAction } from './run-action.ts';
import { runActionTexts } from './run-action-text.ts';
import { RunQuestion } from './run-question.tsx';
import { isFinished } from './run-status.ts';

const texts = messages({
  en: {
    notOver: 'Wait until the run is over',
  },
  'pt-BR': {
    notOver: 'Espere a execução terminar',
  },
});

/** What the buttons need to know of a run. */
export interface ControlledRun {
  readonly id: string;
  readonly status: Parameters<typeof isFinished>[0];
  readonly failed: number;
}

/** `onChanged$` is called when the server accepted a change. */
export const RunControl = component$<{
  run: ControlledRun;
  iconOnly?: boolean;
  onChanged$?: QRL<() => unknown>;
}>((props) => {
  const text = useText(texts);
  const name = useText(runActionTexts);
  const offline = useOffline();
  const busy = useSignal<RunAction | ''>('');
  const fault = useSignal('');
  const asking = useSignal(false);
  const act = $(async (action: RunAction) => {
    busy.value = action;
    fault.value = '';
    const outcome = await actOnRun(action, props.run.id);
    busy.value = '';
    if (outcome.status === 'refused') fault.value = outcome.message;
    else await props.onChanged$?.();
  });
  const { status, failed } = props.run;
  const over = isFinished(status);
  const iconOnly = props.iconOnly ?? false;
  if (over && failed === 0) return null;
  return (
    <>
      {over ? null : status === 'PAUSED' ? (
        <Button
          label={name('resume')}
          icon="play"
          kind="primary"
          iconOnly={iconOnly}
          why={offline}
          busy={busy.value === 'resume'}
          onClick$={() => act('resume')}
        />
      ) : (
        <Button
          label={name('pause')}
          icon="paused"
          iconOnly={iconOnly}
          why={offline}
          busy={busy.value === 'pause'}
          onClick$={() => act('pause')}
        />
      )}
      {!over && (
        <Button
          label={name('cancel')}
          icon="close"
          kind="danger"
          iconOnly={iconOnly}
          why={offline}
          busy={busy.value === 'cancel'}
          onClick$={() => {
            asking.value = true;
          }}
        />
      )}
      {!iconOnly && failed > 0 && (
        <Button
          label={name('retry')}
          icon="retry"
          why={offline ?? (over ? undefined : text('notOver'))}
          busy={busy.value === 'retry'}
          onClick$={() => act('retry')}
        />
      )}
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
      <Dialog
        open={asking.value}
        title={name('cancel')}
        onClose$={() => {
          asking.value = false;
        }}
      >
        <RunQuestion
          action="cancel"
          busy={busy.value === 'cancel'}
          onYes$={async () => {
            asking.value = false;
            await act('cancel');
          }}
          onNo$={() => {
            asking.value = false;
          }}
        />
      </Dialog>
    </>
  );
});
