// A failed job tried again, a waiting one taken out of the queue.
import { $, component$, type QRL, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { messages, useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import type { Job } from './queue-query.ts';

const retryMutation = graphql(`
  mutation RetryJob($id: ID!) {
    retryJob(id: $id) {
      __typename
      ... on Error {
        message
      }
      ... on MutationRetryJobSuccess {
        data {
          id
        }
      }
    }
  }
`);

const cancelMutation = graphql(`
  mutation CancelJob($id: ID!) {
    cancelJob(id: $id) {
      __typename
      ... on Error {
        message
      }
      ... on MutationCancelJobSuccess {
        data
      }
    }
  }
`);

const texts = messages({
  en: { retry: 'Try again', cancel: 'Cancel this job', ofRun: 'Work of a run is cancelled with the run' },
  'pt-BR': {
    retry: 'Tentar de novo',
    cancel: 'Cancelar este trabalho',
    ofRun: 'O trabalho de uma execução é cancelado com ela',
  },
});

/** `onChanged$` is called after a change; nothing is shown for a job that a worker is at. */
export const JobControl = component$<{ job: Job; onChanged$: QRL<() => unknown> }>((props) => {
  const text = useText(texts);
  const offline = useOffline();
  const fault = useSignal('');
  const act = $(async (retry: boolean) => {
    const { id } = props.job;
    const outcome = retry
      ? await runMutation(retryMutation, { id })
      : await runMutation(cancelMutation, { id });
    fault.value = outcome.status === 'refused' ? outcome.message : '';
    await props.onChanged$();
  });
  const { job } = props;
  if (job.state === 'RUNNING') return null;
  return (
    <>
      <div class="row">
        {job.state === 'FAILED' && (
          <Button icon="retry" label={text('retry')} why={offline} onClick$={() => act(true)} />
        )}
        <Button
          icon="close"
          kind="danger"
          label={text('cancel')}
          why={offline ?? (job.runId === null ? undefined : text('ofRun'))}
          onClick$={() => act(false)}
        />
      </div>
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
    </>
  );
});
