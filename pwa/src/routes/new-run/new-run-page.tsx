// A new run: a stepper on a phone, one page with the YAML beside it on a desktop.
import { component$, useSignal } from '@builder.io/qwik';
import { NoPermission } from '../../access/no-permission.tsx';
import '../../component/choice.css';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { type Format, useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { useWide } from '../../shell/wide.ts';
import { type Choice, ChoiceStep } from './choice-step.tsx';
import type { RunDraft } from './draft.ts';
import { useEstimate } from './estimate.ts';
import { LimitsStep } from './limits-step.tsx';
import './new-run.css';
import { type Choices, choicesQuery } from './new-run-query.ts';
import { RetrievalStep } from './retrieval-step.tsx';
import { Review } from './review.tsx';
import { SourceStep, suiteText } from './source-step.tsx';
import { StepButtons, StepDots } from './stepper.tsx';
import { type StepName, stepNamed, stepsOf } from './steps.ts';
import { SuitePreview } from './suite-preview.tsx';
import { type NewRunText, newRunTexts } from './texts.ts';
import { useDraft } from './use-draft.ts';

/** `/new`. */
export const NewRunPage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(newRunTexts);
  const format = useFormat();
  const show = useShow();
  const place = usePlace();
  const wide = useWide();
  const draft = useDraft();
  const estimate = useEstimate(draft);
  const { state, refresh$ } = useQuery(choicesQuery, useSignal({}), { keepFor: 'new-run' });
  const step = stepNamed(draft.source, searchValue(place, 'step'));
  const issues = estimate.value.status === 'refused' ? estimate.value.issues : [];
  return (
    <div class="stack">
      <PageTitle text={section('new')} />
      <NoPermission />
      {show(state.value, {
        loading: <Skeleton rows={3} height={160} />,
        retry$: refresh$,
        ready: (choices) => {
          const shown: readonly StepName[] = wide.value
            ? stepsOf(draft.source).filter((name) => name !== 'review')
            : [step];
          return (
            <>
              {!wide.value && <StepDots source={draft.source} step={step} />}
              <div class="new-run">
                <div class="stack">
                  {shown.includes('source') && <SourceStep draft={draft} choices={choices} issues={issues} />}
                  {shown.includes('models') && (
                    <ChoiceStep
                      draft={draft}
                      kind="models"
                      choices={modelChoices(draft, choices, text, format)}
                      issues={issues}
                    />
                  )}
                  {shown.includes('tasks') && (
                    <ChoiceStep
                      draft={draft}
                      kind="tasks"
                      choices={taskChoices(draft, choices, text)}
                      issues={issues}
                    />
                  )}
                  {shown.includes('retrieval') && (
                    <RetrievalStep draft={draft} choices={choices} issues={issues} />
                  )}
                  {shown.includes('limits') && <LimitsStep draft={draft} issues={issues} />}
                </div>
                {(wide.value || step === 'review') && (
                  <div class="stack beside">
                    <Review draft={draft} estimate={estimate.value} />
                    <SuitePreview draft={draft} yaml={suiteText(draft, choices.suites.nodes)} />
                  </div>
                )}
              </div>
              {!wide.value && <StepButtons source={draft.source} step={step} />}
            </>
          );
        },
      })}
    </div>
  );
});

/** What a suite names, or every model that answers in text. */
function modelChoices(draft: RunDraft, choices: Choices, text: NewRunText, format: Format): Choice[] {
  const known = choices.models.nodes;
  const describe = (name: string): Choice => {
    const model = known.find((one) => one.name === name.split(':')[0]);
    const parts = [
      model?.provider,
      model?.parameters ? text('parameters', { count: format.compact(Number(model.parameters)) }) : undefined,
    ];
    return { name, description: parts.filter(Boolean).join(' · '), fault: model?.fault ?? undefined };
  };
  if (draft.source === 'suite') return suiteOf(draft, choices)?.models.map(describe) ?? [];
  return known
    .filter((model) => model.kind.toLowerCase() === 'language')
    .flatMap((model) => [model.name, ...model.variants.slice(1).map((variant) => `${model.name}:${variant}`)])
    .map(describe);
}

function taskChoices(draft: RunDraft, choices: Choices, text: NewRunText): Choice[] {
  const known = choices.tasks.nodes;
  const describe = (name: string): Choice => {
    const task = known.find((one) => one.name === name);
    const parts = [
      task?.outputType,
      task?.metrics.join(', '),
      task?.retrieves === true ? text('retrieves') : undefined,
    ];
    return { name, description: parts.filter(Boolean).join(' · '), fault: undefined };
  };
  if (draft.source === 'suite') return suiteOf(draft, choices)?.tasks.map(describe) ?? [];
  return known.map((task) => describe(task.name));
}

function suiteOf(draft: RunDraft, choices: Choices) {
  return choices.suites.nodes.find((suite) => suite.id === draft.suiteId);
}
