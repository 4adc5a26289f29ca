// How a suite names a task, and what it may change of it.
import type { TaskPlaces } from './task-index.ts';

/** A task by name or file, with what differs from its file. */
export interface TaskReference {
  /** Name of a task, or path of a .yaml file. */
  readonly task: string;
  readonly num_fewshot?: number | undefined;
  /** Puts the question as messages through the model's chat template. */
  readonly apply_chat_template?: boolean | undefined;
  /** Shots as turns of their own instead of one long user message; default true. */
  readonly fewshot_as_multiturn?: boolean | undefined;
  readonly system_instruction?: string | undefined;
  /** Merged over the task's own. */
  readonly generation_kwargs?: Readonly<Record<string, unknown>> | undefined;
  /** Name of the prompt for retrieved passages, instead of the task's own. */
  readonly rag_prompt?: string | undefined;
}

/** Where a task is opened. */
export interface TaskContext extends TaskPlaces {
  /** Seed of the few-shot draws and of sampling. */
  readonly seed: number;
}
