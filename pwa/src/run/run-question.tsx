// Asks before a run is cancelled or deleted: what is lost, what stays.
import { component$, type QRL } from '@builder.io/qwik';
import { Button } from '../component/button.tsx';
import { messages, useText } from '../i18n/text.ts';
import { runActionTexts } from './run-action-text.ts';

const texts = messages({
  en: {
    cancelKept: 'Finished samples stay. A cancelled run cannot be resumed.',
    deleteKept: 'The run goes with all its samples, scores and measurements. This cannot be undone.',
    back: 'Keep it',
  },
  'pt-BR': {
    cancelKept: 'As amostras prontas ficam. Uma execução cancelada não pode ser retomada.',
    deleteKept: 'A execução some com todas as amostras, notas e medições. Não é possível desfazer.',
    back: 'Manter',
  },
});

/** Title and buttons of the question stand in the dialog around it. */
export const RunQuestion = component$<{
  action: 'cancel' | 'delete';
  busy: boolean;
  onYes$: QRL<() => unknown>;
  onNo$: QRL<() => unknown>;
}>((props) => {
  const text = useText(texts);
  const name = useText(runActionTexts);
  return (
    <>
      <p>{text(`${props.action}Kept`)}</p>
      <div class="row">
        <Button
          label={name(props.action)}
          icon={props.action === 'delete' ? 'delete' : 'close'}
          kind="danger"
          busy={props.busy}
          onClick$={() => props.onYes$()}
        />
        <Button label={text('back')} onClick$={() => props.onNo$()} />
      </div>
    </>
  );
});
