// Pause, resume, cancel, try failed samples again: each says why it cannot be done now.
import { $, component$, type QRL, useSignal } from '@builder.io/qwik';
import { Button } from '../component/button.tsx';
import { Dialog } from '../component/dialog.tsx';
import { graphql } from '../graphql/graphql.ts';
import { runMutation } from '../graphql/mutation.ts';
import { messages, useText } from '../i18n/text.ts';
import { useOffline } from '../offline/use-offline.ts';
import { isFinished } from './run-state.ts';

const mutations = {
  pause: graphql(`mutation PauseRun($id: ID!) {
    control: pauseRun(id: $id) { __typename ... on MutationRunControlSuccess { data { id status } } ... on Error { message } }
  }`),
  resume: graphql(`mutation ResumeRun($id: ID!) {
    control: resumeRun(id: $id) { __typename ... on MutationRunControlSuccess { data { id status } } ... on Error { message } }
  }`),
  cancel: graphql(`mutation CancelRun($id: ID!) {
    control: cancelRun(id: $id) { __typename ... on MutationRunControlSuccess { data { id status } } ... on Error { message } }
  }`),
  retry: graphql(`mutation RetryFailedSamples($id: ID!) {
    control: retryFailedSamples(id: $id) { __typename ... on MutationRunControlSuccess { data { id status } } ... on Error { message } }
  }`),
} as const;

type Action = keyof typeof mutations;

const texts = messages({
  en: {
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel',
    retry: 'Retry failed',
    notRunning: 'The run is not running',
    notPaused: 'The run is not paused',
    over: 'The run is over',
    noFailures: 'No sample failed',
    notOver: 'Wait until the run is over',
    sure: 'Cancel this run?',
    kept: 'Finished samples stay. A cancelled run cannot be resumed.',
    back: 'Go on running',
  },
  'pt-BR': {
    pause: 'Pausar',
    resume: 'Retomar',
    cancel: 'Cancelar',
    retry: 'Repetir falhas',
    notRunning: 'A execução não está rodando',
    notPaused: 'A execução não está pausada',
    over: 'A execução terminou',
    noFailures: 'Nenhuma amostra falhou',
    notOver: 'Espere a execução terminar',
    sure: 'Cancelar esta execução?',
    kept: 'As amostras prontas ficam. Uma execução cancelada não pode ser retomada.',
    back: 'Continuar',
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
  const offline = useOffline();
  const busy = useSignal<Action | ''>('');
  const fault = useSignal('');
  const asking = useSignal(false);
  const act = $(async (action: Action) => {
    busy.value = action;
    fault.value = '';
    const outcome = await runMutation(mutations[action], { id: props.run.id });
    busy.value = '';
    if (outcome.status === 'refused') fault.value = outcome.message;
    else await props.onChanged$?.();
  });
  const { status, failed } = props.run;
  const over = isFinished(status);
  const iconOnly = props.iconOnly ?? false;
  return (
    <>
      {status === 'PAUSED' ? (
        <Button
          label={text('resume')}
          icon="play"
          kind="primary"
          iconOnly={iconOnly}
          why={offline}
          busy={busy.value === 'resume'}
          onClick$={() => act('resume')}
        />
      ) : (
        <Button
          label={text('pause')}
          icon="paused"
          iconOnly={iconOnly}
          why={offline ?? (over ? text('over') : undefined)}
          busy={busy.value === 'pause'}
          onClick$={() => act('pause')}
        />
      )}
      <Button
        label={text('cancel')}
        icon="close"
        kind="danger"
        iconOnly={iconOnly}
        why={offline ?? (over ? text('over') : undefined)}
        busy={busy.value === 'cancel'}
        onClick$={() => {
          asking.value = true;
        }}
      />
      {!iconOnly && (
        <Button
          label={text('retry')}
          icon="retry"
          why={offline ?? (failed === 0 ? text('noFailures') : over ? undefined : text('notOver'))}
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
        title={text('sure')}
        onClose$={() => {
          asking.value = false;
        }}
      >
        <p>{text('kept')}</p>
        <div class="row">
          <Button
            label={text('cancel')}
            icon="close"
            kind="danger"
            onClick$={async () => {
              asking.value = false;
              await act('cancel');
            }}
          />
          <Button
            label={text('back')}
            onClick$={() => {
              asking.value = false;
            }}
          />
        </div>
      </Dialog>
    </>
  );
});
