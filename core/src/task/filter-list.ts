// filter_list: named pipelines of filters; every metric is reported under each.
import type { Row } from '../dataset/dataset.ts';
import { BancadaError, unknownName } from '../errors.ts';
import { checked, keyPath, locate } from '../yaml.ts';
import type { FilterPlugin } from './filter/filter.ts';
import { filters } from './filter/registry.ts';
import type { TaskSource } from './task-source.ts';

/** One pipeline. */
export interface FilterPipeline {
  readonly name: string;
  /** From the answers of one item, one per repeat, to the one that is scored. */
  apply(answers: readonly string[], row: Row): string;
}

type Step = (answers: readonly string[], row: Row) => readonly string[];

/**
 * The pipelines of a task; without filter_list one named `none` that takes the first answer.
 * @throws BancadaError UNKNOWN_NAME, DUPLICATE_NAME, INVALID_INPUT, with file and line.
 */
export function filterPipelines(source: TaskSource): FilterPipeline[] {
  const list = source.config.filter_list;
  if (list === undefined) return [pipeline('none', [])];
  const names = list.map(({ name }) => name);
  return list.map(({ name, filter }, index) => {
    if (names.indexOf(name) !== index)
      throw new BancadaError(
        'DUPLICATE_NAME',
        `filter "${name}" stands here twice`,
        placeOf(source, ['filter_list', index, 'name']),
      );
    return pipeline(
      name,
      filter.map((entry, step) => createStep(entry, ['filter_list', index, 'filter', step], source)),
    );
  });
}

function pipeline(name: string, steps: readonly Step[]): FilterPipeline {
  return { name, apply: (answers, row) => steps.reduce((left, step) => step(left, row), answers)[0] ?? '' };
}

function createStep(
  { function: name, ...given }: { readonly function: string },
  at: readonly PropertyKey[],
  source: TaskSource,
): Step {
  if (!Object.hasOwn(filters, name))
    throw unknownName('filter', name, Object.keys(filters), placeOf(source, [...at, 'function']));
  const plugin = filters[name as keyof typeof filters] as FilterPlugin<object>;
  const options = checked(plugin.options, given, { ...source.place('filter_list'), at });
  try {
    return plugin.create(options);
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    const [summary = ''] = thrown.message.split(' (given:');
    throw new BancadaError(thrown.code, summary, { ...thrown.detail, ...placeOf(source, at), cause: thrown });
  }
}

function placeOf(source: TaskSource, path: readonly PropertyKey[]) {
  const { file, text } = source.place('filter_list');
  return { file, line: text === undefined ? undefined : locate(text, path), key: keyPath(path) };
}
