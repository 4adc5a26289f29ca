// generation_kwargs: stop strings, length and sampling (lm_eval/config/task.py, models/utils.py).
import type { Sampling } from '../request/request.ts';
import type { TaskConfig } from './task-schema.ts';

/** How answers are generated. */
export interface Generation {
  readonly stop: readonly string[];
  readonly maxTokens: number;
  readonly sampling: Sampling;
}

/** The harness's default (lm_eval/defaults.py DEFAULT_MAX_GEN_TOKS). */
const defaultMaxTokens = 256;

/** Without `until` the few-shot delimiter stops; without `temperature`, or with `do_sample: false`, decoding is greedy. */
export function generationOf(
  given: TaskConfig['generation_kwargs'] = {},
  fewshotDelimiter: string,
): Generation {
  const {
    until = fewshotDelimiter,
    do_sample: sample,
    temperature = sample ? 1 : 0,
    top_p: topP,
    top_k: topK,
  } = given;
  return {
    stop: [until].flat().filter((stop) => stop !== ''),
    maxTokens: given.max_gen_toks ?? given.max_new_tokens ?? given.max_tokens ?? defaultMaxTokens,
    sampling: { temperature: sample === false ? 0 : temperature, topP, topK },
  };
}
