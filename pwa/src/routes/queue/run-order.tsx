// The runs in the order in which their work is taken, moved by buttons.
import { $, component$, type QRL, useSignal } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useFormat } from '../../i18n/format.ts';
import { messages, useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { RunControl } from '../../run/run-control.tsx';
import type { queuedRun } from './queued-run.ts';

const moveMutation = graphql(`
  mutation MoveRun($id: ID!, $to: RunMove!) {
    moveRun(id: $id, to: $to) {
      __typename
      ... on Error {
        message
      }
      ... on MutationRunPlaceSuccess {
        data {
          id
          priority
        }
      }
    }
  }
`);

const texts = messages({
  en: {
    title: 'Order of the runs',
    hint: 'Workers take the work of the first run first; what is at work already goes on.',
    none: 'No run waits or runs.',
    front: 'Move to the front',
    up: 'Up',
    down: 'Down',
    first: 'It is the first already',
    last: 'It is the last already',
    priority: 'priority {n}',
    schedule: 'by “{name}”',
  },
  'pt-BR': {
    title: 'Ordem das execuções',
    hint: 'Os workers pegam primeiro o trabalho da primeira execução; o que já está em andamento continua.',
    none: 'Nenhuma execução em espera ou andamento.',
    front: 'Mover para a frente',
    up: 'Subir',
    down: 'Descer',
    first: 'Já é a primeira',
    last: 'Já é a última',
    priority: 'prioridade {n}',
    schedule: 'por “{name}”',
  },
});

/** `onChanged$` is called after a move. */
export const RunOrder = component$<{
  runs: readonly ResultOf<typeof queuedRun>[];
  onChanged$: QRL<() => unknown>;
}>((props) => {
  const text = useText(texts);
  const status = useStatusText();
  const format = useFormat();
  const offline = useOffline();
  const fault = useSignal('');
  const move = $(async (id: string, to: 'FRONT' | 'UP' | 'DOWN') => {
    const outcome = await runMutation(moveMutation, { id, to });
    fault.value = outcome.status === 'refused' ? outcome.message : '';
    await props.onChanged$();
  });
  const last = props.runs.length - 1;
  return (
    <Card title={text('title')}>
      <p class="small soft">{text(props.runs.length === 0 ? 'none' : 'hint')}</p>
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
      <ol class="run-order">
        {props.runs.map((run, place) => (
          <li key={run.id} data-testid="queued-run">
            <div>
              <a class="run-order-name" href={`/runs/${run.id}`}>
                {run.name}
              </a>
              <p class="row small soft">
                <StatusBadge status={run.status} text={status} />
                {run.progress.total > 0 && (
                  <span>
                    {format.number(run.progress.done)}/{format.number(run.progress.total)}
                  </span>
                )}
                {run.priority !== 0 && <span>{text('priority', { n: run.priority })}</span>}
                {run.schedule !== null && <span>{text('schedule', { name: run.schedule.name })}</span>}
                <span>{format.ago(run.createdAt)}</span>
              </p>
            </div>
            <div class="row">
              <Button
                icon="front"
                iconOnly={true}
                label={text('front')}
                why={offline ?? (place === 0 ? text('first') : undefined)}
                onClick$={() => move(run.id, 'FRONT')}
              />
              <Button
                icon="up"
                iconOnly={true}
                label={text('up')}
                why={offline ?? (place === 0 ? text('first') : undefined)}
                onClick$={() => move(run.id, 'UP')}
              />
              <Button
                icon="down"
                iconOnly={true}
                label={text('down')}
                why={offline ?? (place === last ? text('last') : undefined)}
                onClick$={() => move(run.id, 'DOWN')}
              />
              <RunControl
                iconOnly={true}
                run={{ id: run.id, status: run.status, failed: run.progress.failed }}
                onChanged$={props.onChanged$}
              />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
});
