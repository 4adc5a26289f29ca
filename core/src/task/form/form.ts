// A form of question: which requests an output type makes, and how their answers become scores.
import type { Row } from '../../dataset/dataset.ts';
import type { Prompt } from '../../prompt/message.ts';
import type { RetrievedChunk } from '../../rag/document.ts';
import type { LanguageRequest, LanguageResult } from '../../request/request.ts';
import type { ScorerInput } from '../../scorer/scorer.ts';
import type { TaskFields } from '../fields.ts';
import type { FilterPipeline } from '../filter-list.ts';
import type { Generation } from '../generation.ts';
import type { MetricScorer } from '../metric-list.ts';
import type { ItemOutcome } from '../task.ts';

/** What every form is made from. */
export interface FormParts {
  readonly fields: TaskFields;
  readonly scorers: readonly MetricScorer[];
  readonly pipelines: readonly FilterPipeline[];
  readonly generation: Generation;
  /** Stands before a choice. */
  readonly choiceDelimiter: string;
  readonly contextPerChoice: boolean;
  /** Answers asked per item, for filters that choose among several. */
  readonly repeats: number;
  /** Seed of sampled answers. */
  readonly seed: number;
}

/** One repeat of one item. */
export interface Asking {
  readonly row: Row;
  readonly place: string;
  readonly index: number;
  readonly repeat: number;
  /** Built when a form needs them. */
  prompts(): readonly Prompt[];
  /** The id of the item's n-th request. */
  id(n: number): string;
}

/** One per output type. */
export interface Form {
  /** The right answer as text. */
  target(row: Row, place: string): string;
  requests(asking: Asking): LanguageRequest[];
  outcome(
    row: Row,
    place: string,
    results: readonly LanguageResult[],
    contexts: readonly RetrievedChunk[],
  ): ItemOutcome;
}

/** The scores of one input under every filter's name: for forms whose answers are not text. */
export function scoreInput(
  { scorers, pipelines }: FormParts,
  input: ScorerInput,
  prediction: string,
): ItemOutcome {
  const values = scorers.map(({ metric, score }) => ({ metric, ...score(input) }));
  const scores = pipelines.flatMap(({ name }) =>
    values.map(({ metric, value, weight = 1 }) => ({ metric, filter: name, value, weight })),
  );
  return { scores, prediction };
}
