// Whether a model can be asked what a task asks; said before the first request instead of by a million failed ones.
import { BancadaError } from '../errors.ts';
import type { Capabilities } from '../model/capabilities.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { Task } from '../task/task.ts';

/** @throws BancadaError CAPABILITY_MISSING with the reason that the model gives. */
export function requireCapability(model: LanguageModel, task: Task): void {
  const needed = neededBy(task);
  if (needed.some((capability) => model.capabilities[capability])) return;
  const [capability] = needed;
  const reason = capability && model.capabilities.missing?.[capability];
  throw new BancadaError(
    'CAPABILITY_MISSING',
    `${model.info.name} cannot run the task ${task.name} (${task.outputType}): it has no ${needed.join(' or ')}`,
    { hint: reason },
  );
}

// A generate_until task may be put as chat (apply_chat_template), so that either will do.
function neededBy(task: Task): (keyof Omit<Capabilities, 'missing'>)[] {
  if (task.outputType === 'chat') return ['chat'];
  return task.outputType === 'generate_until' ? ['completion', 'chat'] : ['loglikelihood'];
}
