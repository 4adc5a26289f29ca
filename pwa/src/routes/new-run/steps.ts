// The steps in which a run is put together; a phone shows one at a time, a desktop all.
import { type DraftSource, draftSources } from './draft.ts';

/** The names of the steps. */
export type StepName = 'source' | 'models' | 'tasks' | 'retrieval' | 'limits' | 'review';

const bySource: Readonly<Record<DraftSource, readonly StepName[]>> = {
  suite: ['source', 'models', 'tasks', 'limits', 'review'],
  form: ['source', 'models', 'tasks', 'retrieval', 'limits', 'review'],
  text: ['source', 'review'],
};

/** The steps that a kind of draft has. */
export function stepsOf(source: DraftSource): readonly StepName[] {
  return bySource[source];
}

/** The step of that name, or the first. */
export function stepNamed(source: DraftSource, name: string): StepName {
  return stepsOf(source).find((step) => step === name) ?? 'source';
}

/** The steps before and after one; undefined at the ends. */
export function besideStep(
  source: DraftSource,
  step: StepName,
): { readonly before: StepName | undefined; readonly after: StepName | undefined } {
  const steps = stepsOf(source);
  const index = steps.indexOf(step);
  return { before: steps[index - 1], after: steps[index + 1] };
}

/** The source of that name, or undefined. */
export function sourceNamed(name: string): DraftSource | undefined {
  return draftSources.find((source) => source === name);
}
