// Deleting a data set: says what depends on it, and asks.
import { $, component$, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Dialog } from '../../component/dialog.tsx';
import { client } from '../../graphql/client.ts';
import type { ResultOf } from '../../graphql/graphql.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { navigate } from '../../routing/navigate.ts';
import { deleteMutation, dependentsQuery } from './datasets-query.ts';
import { datasetTexts } from './texts.ts';

type Dependents = NonNullable<ResultOf<typeof dependentsQuery>['dataset']>['dependents'];

/** A button with its question. */
export const DeleteDataset = component$<{ name: string }>((props) => {
  const text = useText(datasetTexts);
  const offline = useOffline();
  const open = useSignal(false);
  const dependents = useSignal<Dependents>([]);
  const fault = useSignal('');
  const ask$ = $(async () => {
    fault.value = '';
    const { data } = await client
      .query(dependentsQuery, { name: props.name }, { requestPolicy: 'network-only' })
      .toPromise();
    dependents.value = data?.dataset?.dependents ?? [];
    open.value = true;
  });
  const delete$ = $(async () => {
    const outcome = await runMutation(deleteMutation, {
      name: props.name,
      force: dependents.value.length > 0,
    });
    if (outcome.status === 'done') navigate('/datasets');
    else fault.value = outcome.message;
  });
  return (
    <>
      <Button label={text('delete')} icon="delete" kind="danger" why={offline} onClick$={ask$} />
      <Dialog
        open={open.value}
        title={text('deleteTitle', { name: props.name })}
        onClose$={() => {
          open.value = false;
        }}
      >
        <p>{text('deleteAbout')}</p>
        {dependents.value.length > 0 && (
          <div class="notice warn">
            <div>
              <p>{text('dependents')}</p>
              <ul>
                {dependents.value.map((one) => (
                  <li key={one.id}>
                    {text(one.kind as 'task')} {one.name}
                    {one.active && ` (${text('active')})`}
                  </li>
                ))}
              </ul>
            </div>
          </div>
        )}
        {fault.value !== '' && (
          <p class="notice bad" role="alert">
            {fault.value}
          </p>
        )}
        <p class="row">
          <Button
            label={text(dependents.value.length > 0 ? 'deleteAnyway' : 'delete')}
            icon="delete"
            kind="danger"
            onClick$={delete$}
          />
          <Button
            label={text('cancel')}
            onClick$={() => {
              open.value = false;
            }}
          />
        </p>
      </Dialog>
    </>
  );
});
