// Asks before a model is deleted, naming what depends on it.
import { component$, type QRL, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Dialog } from '../../component/dialog.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { navigate } from '../../routing/navigate.ts';
import { deleteMutation } from './models-query.ts';
import { modelTexts } from './texts.ts';

/** Unfinished runs keep it from being deleted; suites are told first. */
export const DeleteDialog = component$<{
  model: { readonly id: string; readonly name: string };
  dependents: readonly { readonly kind: string; readonly id: string; readonly name: string }[];
  open: boolean;
  onClose$: QRL<() => unknown>;
}>((props) => {
  const text = useText(modelTexts);
  const state = useStore({ busy: false, fault: '' });
  const { model, dependents } = props;
  return (
    <Dialog open={props.open} title={text('deleteTitle', { name: model.name })} onClose$={props.onClose$}>
      <p>{text('deleteWarning')}</p>
      {dependents.length > 0 && (
        <>
          <p>{text('dependents')}</p>
          <ul>
            {dependents.map(({ kind, id, name }) => (
              <li key={id}>
                <a href={`/${kind}s/${id}`}>
                  {text(kind === 'run' ? 'dependentRun' : 'dependentSuite', { name })}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {state.fault !== '' && (
        <p class="notice bad" role="alert">
          {state.fault}
        </p>
      )}
      <div class="row">
        <Button label={text('cancel')} onClick$={props.onClose$} />
        <Button
          kind="danger"
          icon="delete"
          label={text('delete')}
          busy={state.busy}
          onClick$={async () => {
            state.busy = true;
            const outcome = await runMutation(deleteMutation, { id: model.id, force: true });
            state.busy = false;
            if (outcome.status === 'done') return navigate('/models');
            state.fault = outcome.message;
          }}
        />
      </div>
    </Dialog>
  );
});
