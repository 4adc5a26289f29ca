// Whether a model can be asked what a task asks; said before the first request instead of by a million failed ones.
import { BancadaError } from '../errors.ts';
import type { Capabilities } from '../model/capabilities.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { Task } from '../task/task.ts';

/** @throws BancadaError CAPABILITY_MISSING with the reason that the model gives. */
export function requireCapability(model: LanguageModel, task: Task): void {
  const lacking = lackingCapability(model.info.name, model.capabilities, task);
  if (lacking) throw new BancadaError('CAPABILITY_MISSING', lacking.summary, { hint: lacking.reason });
}

/** Why a task is blocked. */
export interface LackingCapability {
  readonly summary: string;
  /** Any of these would do. */
  readonly needed: readonly string[];
  /** In the model's or endpoint's words. */
  readonly reason: string | undefined;
}

/** Why a model of such capabilities cannot run the task; undefined when it can. */
export function lackingCapability(
  name: string,
  capabilities: Capabilities,
  task: Pick<Task, 'name' | 'outputType'>,
): LackingCapability | undefined {
  const needed = neededBy(task);
  if (needed.some((capability) => capabilities[capability])) return undefined;
  const [capability] = needed;
  return {
    summary: `${name} cannot run the task ${task.name} (${task.outputType}): it has no ${needed.join(' or ')}`,
    needed,
    reason: capability && capabilities.missing?.[capability],
  };
}

// A generate_until task may be put as chat (apply_chat_template), so that either will do.
function neededBy(task: Pick<Task, 'outputType'>): (keyof Omit<Capabilities, 'missing'>)[] {
  if (task.outputType === 'chat') return ['chat'];
  return task.outputType === 'generate_until' ? ['completion', 'chat'] : ['loglikelihood'];
}
