// The ways in which a task can ask a model, under the names of lm-evaluation-harness (plus chat).

/** `chat` is generate_until put as messages through the model's chat template. */
export const outputTypes = [
  'loglikelihood',
  'loglikelihood_rolling',
  'multiple_choice',
  'generate_until',
  'chat',
] as const;

/** One of {@link outputTypes}. */
export type OutputType = (typeof outputTypes)[number];
