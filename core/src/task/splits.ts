// Which split is evaluated, and from which the examples come (lm_eval/api/task.py eval_docs, fewshot_docs).
import type { Dataset, Row } from '../dataset/dataset.ts';
import { BancadaError, unknownName } from '../errors.ts';
import { locate } from '../yaml.ts';
import type { TaskConfig } from './task-schema.ts';
import type { TaskSource } from './task-source.ts';

/** The splits of a task. */
export interface TaskSplits {
  readonly evaluated: string;
  readonly fewshot: string;
  /** Examples written in the task itself, instead of a split. */
  readonly samples: readonly Row[] | undefined;
  /** The harness leaves the evaluated row out when the few-shot split is named as the test split, or neither is named. */
  readonly excludesItself: boolean;
}

const splitKeys = ['training_split', 'validation_split', 'test_split', 'fewshot_split'] as const;

/**
 * test_split, else validation_split; examples from fewshot_split, else the samples, else training, validation, test.
 * @throws BancadaError INVALID_INPUT (nothing to evaluate), UNKNOWN_NAME (a split that the data lacks), with file and line.
 */
export function chooseSplits(source: TaskSource, dataset: Dataset): TaskSplits {
  const { config } = source;
  const evaluated = config.test_split ?? config.validation_split;
  if (evaluated === undefined) {
    throw new BancadaError('INVALID_INPUT', 'names no split to evaluate', {
      file: source.file,
      key: 'test_split',
      allowed: dataset.splits.map(({ name }) => name),
    });
  }
  const named = config.fewshot_config?.split ?? config.fewshot_split;
  const samples = named === undefined ? config.fewshot_config?.samples : undefined;
  const fewshot = named ?? config.training_split ?? config.validation_split ?? evaluated;
  for (const key of splitKeys)
    requireSplit(key, key === 'fewshot_split' ? fewshot : config[key], source, dataset, [evaluated, fewshot]);
  return { evaluated, fewshot, samples, excludesItself: named === config.test_split };
}

function requireSplit(
  key: keyof TaskConfig,
  name: string | undefined,
  source: TaskSource,
  dataset: Dataset,
  used: readonly string[],
): void {
  const known = dataset.splits.map((split) => split.name);
  if (name === undefined || known.includes(name) || !used.includes(name)) return;
  if (key === 'fewshot_split' && (source.config.num_fewshot ?? 0) === 0) return;
  const { file, text } = source.place(key);
  throw unknownName(`split of data set ${dataset.name}`, name, known, {
    file,
    line: text === undefined ? undefined : locate(text, [key]),
    key,
  });
}
