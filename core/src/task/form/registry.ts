// The form of each output type.
import type { OutputType } from '../../request/output-type.ts';
import type { Form, FormParts } from './form.ts';
import { generate } from './generate.ts';
import { loglikelihood } from './loglikelihood.ts';
import { multipleChoice } from './multiple-choice.ts';
import { rolling } from './rolling.ts';

/** `chat` differs from generate_until in its prompts alone. */
export const forms = {
  loglikelihood,
  loglikelihood_rolling: rolling,
  multiple_choice: multipleChoice,
  generate_until: generate,
  chat: generate,
} satisfies Record<OutputType, (parts: FormParts) => Form>;
