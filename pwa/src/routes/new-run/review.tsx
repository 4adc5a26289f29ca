// What the run takes, and the button that starts it.
import { $, component$, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { TextField } from '../../component/field.tsx';
import { Icon } from '../../component/icon.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { type Format, useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { navigate } from '../../routing/navigate.ts';
import { draftInput, emptyDraft, idempotencyKey, type RunDraft } from './draft.ts';
import { forgetDraft } from './draft-store.ts';
import type { EstimateState } from './estimate.ts';
import { faultOf } from './issue-place.ts';
import { createRunMutation, type RunEstimate } from './new-run-query.ts';
import { type NewRunText, newRunTexts } from './texts.ts';

/** A difference larger than this is coarser than most questions (percentage points / 100). */
const coarse = 0.1;

/** The last step; beside the form on a desktop. */
export const Review = component$<{ draft: RunDraft; estimate: EstimateState }>((props) => {
  const text = useText(newRunTexts);
  const format = useFormat();
  const offline = useOffline();
  const busy = useSignal(false);
  const fault = useSignal('');
  const { draft, estimate } = props;
  const why =
    offline ??
    (estimate.status === 'incomplete'
      ? text('missing')
      : estimate.status === 'refused'
        ? text('mend')
        : undefined);
  const start$ = $(async () => {
    const input = draftInput(draft);
    if (input === undefined || busy.value) return;
    busy.value = true;
    const outcome = await runMutation(createRunMutation, {
      input,
      idempotencyKey: idempotencyKey(draft, input),
    });
    busy.value = false;
    if (outcome.status === 'refused') {
      fault.value = outcome.message;
      return;
    }
    Object.assign(draft, emptyDraft());
    await forgetDraft();
    navigate(`/runs/${outcome.data.id}`);
  });
  return (
    <section class="card" id="step-review" aria-live="polite">
      <h2>{text('estimate')}</h2>
      <EstimateFacts estimate={estimate} source={draft.source} text={text} format={format} />
      <TextField
        id="priority"
        type="number"
        label={text('priority')}
        hint={text('priorityHint')}
        value={draft.priority}
        fault={estimate.status === 'refused' ? faultOf(estimate.issues, 'queue', 'priority') : undefined}
        onInput$={(_, element) => {
          draft.priority = element.value;
        }}
      />
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          <Icon name="failed" />
          {fault.value}
        </p>
      )}
      <div class="row">
        <Button
          kind="primary"
          icon="play"
          label={text(busy.value ? 'starting' : 'start')}
          why={why}
          busy={busy.value}
          onClick$={start$}
        />
        <Button
          kind="quiet"
          label={text('discard')}
          onClick$={() => {
            Object.assign(draft, emptyDraft());
          }}
        />
      </div>
      <p class="soft small">{why === undefined ? text('kept') : why}</p>
    </section>
  );
});

const EstimateFacts = (props: {
  estimate: EstimateState;
  source: RunDraft['source'];
  text: NewRunText;
  format: Format;
}) => {
  const { estimate, text } = props;
  switch (estimate.status) {
    case 'incomplete':
      return (
        <p key="incomplete" class="soft">
          {text(props.source === 'text' ? 'incompleteText' : 'incomplete')}
        </p>
      );
    case 'asking':
      return (
        <p key="asking" class="soft">
          {text('asking')}
        </p>
      );
    case 'unknown':
      return (
        <p key="unknown" class="notice warn">
          {text('unknown')}
        </p>
      );
    case 'refused':
      return (
        <p key="refused" class="notice bad" role="alert">
          <Icon name="failed" />
          <span>
            {text('refused')} {estimate.issues.length === 0 && estimate.message}
          </span>
        </p>
      );
    case 'known':
      return <Known key="known" estimate={estimate.estimate} text={text} format={props.format} />;
  }
};

const Known = (props: { estimate: RunEstimate; text: NewRunText; format: Format }) => {
  const { estimate, text, format } = props;
  const { detectableDifference: detectable } = estimate;
  const facts = [
    [text('models'), format.number(estimate.models.length)],
    [text('tasks'), format.number(estimate.tasks.length)],
    [text('evaluations'), format.number(estimate.evaluations)],
    [text('samples'), format.number(estimate.samples)],
    [text('requests'), format.number(estimate.requests)],
    [text('duration'), estimate.seconds === null ? text('noSpeed') : format.duration(estimate.seconds)],
    ...(estimate.promptTokens === null
      ? []
      : [[text('promptTokens'), format.compact(estimate.promptTokens)]]),
    ...(estimate.outputTokens === null
      ? []
      : [[text('outputTokens'), format.compact(estimate.outputTokens)]]),
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        {detectable === null
          ? text('notTold')
          : text('detectable', { points: format.number(detectable * 100, 1) })}
        {detectable !== null && detectable > coarse && ` ${text('fewItems')}`}
      </p>
      {estimate.warnings.map((warning) => (
        <p key={warning} class="notice warn">
          <Icon name="failed" />
          {warning}
        </p>
      ))}
    </>
  );
};
