// The way through the steps on a phone: where one is, back and next.
import { component$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import type { DraftSource } from './draft.ts';
import { besideStep, type StepName, stepsOf } from './steps.ts';
import { newRunTexts } from './texts.ts';

/** The dots above the step; each leads to its step. */
export const StepDots = component$<{ source: DraftSource; step: StepName }>((props) => {
  const text = useText(newRunTexts);
  const steps = stepsOf(props.source);
  return (
    <nav class="step-dots" aria-label={text('steps')}>
      <ol>
        {steps.map((step) => (
          <li key={step}>
            <a href={`/new?step=${step}`} aria-current={step === props.step ? 'step' : undefined}>
              <span class="visually-hidden">{text(step)}</span>
            </a>
          </li>
        ))}
      </ol>
      <p class="soft small">
        {text('step', { n: steps.indexOf(props.step) + 1, count: steps.length })} · {text(props.step)}
      </p>
    </nav>
  );
});

/** Back and next, in reach of the thumb. */
export const StepButtons = component$<{ source: DraftSource; step: StepName }>((props) => {
  const text = useText(newRunTexts);
  const { before, after } = besideStep(props.source, props.step);
  return (
    <div class="step-buttons">
      {before !== undefined && (
        <Button icon="previous" label={text('back')} onClick$={() => setSearch({ step: before })} />
      )}
      {after !== undefined && (
        <Button icon="next" kind="primary" label={text('next')} onClick$={() => setSearch({ step: after })} />
      )}
    </div>
  );
});
