// A scorer: what one item's answers are worth, as one or more named numbers.
import type { ZodType } from 'zod';
import type { Row } from '../dataset/dataset.ts';
import type { RetrievedChunk } from '../rag/document.ts';
import type { OutputType } from '../request/output-type.ts';

/** One choice of a multiple-choice item with its log-probabilities (nats). */
export interface ScoredChoice {
  /** The choice without the target delimiter. */
  readonly text: string;
  readonly loglikelihood: number;
  readonly isGreedy: boolean;
  /** Log-probability after an empty context; only when a scorer asks for it (`acc_mutual_info`). */
  readonly unconditional?: number | undefined;
}

/** What there is to score, by output type. `gold` holds indices of right choices; an index out of range scores 0. */
export type ScorerInput =
  | {
      readonly type: 'multiple_choice';
      readonly row: Row;
      readonly choices: readonly ScoredChoice[];
      readonly gold: readonly number[];
    }
  | {
      readonly type: 'loglikelihood';
      readonly row: Row;
      readonly loglikelihood: number;
      readonly isGreedy: boolean;
      readonly target: string;
    }
  | {
      readonly type: 'loglikelihood_rolling';
      readonly row: Row;
      readonly loglikelihood: number;
      readonly text: string;
    }
  | {
      /** generate_until and chat, after the filters. */
      readonly type: 'generate';
      readonly row: Row;
      readonly answer: string;
      readonly targets: readonly string[];
      readonly retrieved?: readonly RetrievedChunk[] | undefined;
    };

/** One metric of one sample. `weight` is the denominator of weighted aggregates (words, bytes), 1 otherwise. */
export interface Score {
  /** e.g. `acc_norm`. */
  readonly metric: string;
  /** Name of the filter pipeline that gave the answer, `none` by default. */
  readonly filter: string;
  readonly value: number;
  readonly weight: number;
}

/** What a scorer gives back: its value and, for weighted aggregates, the weight (default 1). */
export interface ScorerValue {
  readonly value: number;
  readonly weight?: number | undefined;
}

/** One file and one line in `registry.ts`; the registry's key is the metric's name in task files. */
export interface ScorerPlugin<Options> {
  readonly description: string;
  /** Source of the formula, e.g. `lm_eval/api/task.py process_results`. */
  readonly source: string;
  readonly options: ZodType<Options>;
  readonly outputTypes: readonly OutputType[];
  /** Registry name of the aggregate used unless the task names another. */
  readonly aggregation: string;
  readonly higherIsBetter: boolean;
  /** True when the task must also ask for each choice after an empty context. */
  readonly needsUnconditional?: boolean | undefined;
  create(options: Options): (input: ScorerInput) => ScorerValue;
}
