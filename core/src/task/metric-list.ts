// metric_list: the scorers of a task with their options, and what is reported (lm_eval/api/task.py, api/registry.py).
import type { z } from 'zod';
import { BancadaError, unknownName } from '../errors.ts';
import { aggregates } from '../metric/registry.ts';
import type { OutputType } from '../request/output-type.ts';
import { scorers } from '../scorer/registry.ts';
import type { ScorerInput, ScorerPlugin, ScorerValue } from '../scorer/scorer.ts';
import { checked, keyPath, locate } from '../yaml.ts';
import type { TaskMetric } from './task.ts';
import type { TaskSource } from './task-source.ts';

/** One metric, ready to score. */
export interface MetricScorer {
  readonly metric: string;
  readonly aggregation: string;
  readonly higherIsBetter: boolean;
  readonly needsUnconditional: boolean;
  score(input: ScorerInput): ScorerValue;
}

/** What the harness reports when a task names no metric. */
const defaults: Readonly<Record<OutputType, readonly string[]>> = {
  loglikelihood: ['perplexity', 'acc'],
  loglikelihood_rolling: ['word_perplexity', 'byte_perplexity', 'bits_per_byte'],
  multiple_choice: ['acc', 'acc_norm'],
  generate_until: ['exact_match'],
  chat: ['exact_match'],
};

/**
 * The scorers of a task, in its order.
 * @throws BancadaError UNKNOWN_NAME, INVALID_INPUT (an option, or a metric that cannot score this output type), with file and line.
 */
export function metricScorers(source: TaskSource, outputType: OutputType): MetricScorer[] {
  const list = source.config.metric_list ?? defaults[outputType].map((metric): MetricEntry => ({ metric }));
  const found = list.map((entry, index) => metricScorer(entry, index, source, outputType));
  for (const [index, { metric }] of found.entries()) {
    if (found.findIndex((other) => other.metric === metric) === index) continue;
    throw new BancadaError(
      'DUPLICATE_NAME',
      `metric "${metric}" stands here twice`,
      placeOf(source, index, 'metric'),
    );
  }
  return found;
}

/** What is reported: every metric under every filter. */
export function taskMetrics(list: readonly MetricScorer[], filters: readonly string[]): TaskMetric[] {
  return filters.flatMap((filter) =>
    list.map(({ metric, aggregation, higherIsBetter }) => ({ metric, filter, aggregation, higherIsBetter })),
  );
}

interface MetricEntry {
  readonly metric: string;
  readonly aggregation?: string | undefined;
  readonly higher_is_better?: boolean | undefined;
  readonly hf_evaluate?: boolean | undefined;
  readonly [option: string]: unknown;
}

function metricScorer(
  entry: MetricEntry,
  index: number,
  source: TaskSource,
  outputType: OutputType,
): MetricScorer {
  const { metric, aggregation, higher_is_better: higher, hf_evaluate: _, ...given } = entry;
  if (!Object.hasOwn(scorers, metric))
    throw unknownName('metric', metric, Object.keys(scorers), placeOf(source, index, 'metric'));
  const plugin: ScorerPlugin<object> = scorers[metric as keyof typeof scorers];
  if (!plugin.outputTypes.includes(outputType)) {
    const fitting = Object.entries(scorers).filter(([, { outputTypes }]) =>
      (outputTypes as readonly OutputType[]).includes(outputType),
    );
    throw new BancadaError('INVALID_INPUT', `metric "${metric}" cannot score output_type ${outputType}`, {
      ...placeOf(source, index, 'metric'),
      allowed: fitting.map(([name]) => name),
    });
  }
  if (aggregation !== undefined && !Object.hasOwn(aggregates, aggregation)) {
    throw unknownName(
      'aggregation',
      aggregation,
      Object.keys(aggregates),
      placeOf(source, index, 'aggregation'),
    );
  }
  const options = checked(plugin.options as z.ZodType<object>, given, {
    ...source.place('metric_list'),
    at: ['metric_list', index],
  });
  return {
    metric,
    aggregation: aggregation ?? plugin.aggregation,
    higherIsBetter: higher ?? plugin.higherIsBetter,
    needsUnconditional: plugin.needsUnconditional ?? false,
    score: plugin.create(options),
  };
}

function placeOf(source: TaskSource, index: number, key: string) {
  const { file, text } = source.place('metric_list');
  const path = ['metric_list', index, key];
  return { file, line: text === undefined ? undefined : locate(text, path), key: keyPath(path) };
}
