// A filter: what is made of a model's answers before they are scored.
import type { ZodType } from 'zod';
import type { Row } from '../../dataset/dataset.ts';

/** One file and one line in `registry.ts`; the registry's key is the filter's name in task files. */
export interface FilterPlugin<Options> {
  readonly description: string;
  /** Its place in lm_eval/filters. */
  readonly source: string;
  readonly options: ZodType<Options>;
  /** Takes the answers of one item, one per repeat, and gives those that go on. */
  create(options: Options): (answers: readonly string[], row: Row) => readonly string[];
}
