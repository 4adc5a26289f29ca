// A task: a data set's rows turned into requests, and answers turned into scores.
import type { Dataset, Row } from '../dataset/dataset.ts';
import type { RetrievedChunk } from '../rag/document.ts';
import type { OutputType } from '../request/output-type.ts';
import type { LanguageRequest, LanguageResult } from '../request/request.ts';
import type { Score } from '../scorer/scorer.ts';

/** What is reported for a task: one line of `metric_list` under one filter. */
export interface TaskMetric {
  readonly metric: string;
  readonly filter: string;
  /** Registry name of the aggregate. */
  readonly aggregation: string;
  readonly higherIsBetter: boolean;
}

/** What became of one item once every request was answered. */
export interface ItemOutcome {
  readonly scores: readonly Score[];
  /** The answer as text: filtered generation, or the chosen option. */
  readonly prediction: string;
}

/** One document of the evaluated split, its few-shot examples already drawn. */
export interface TaskItem {
  /** Position in the split, from 0: with the repeat, the item's identity. */
  readonly index: number;
  /** The row's own id when the task names a field for it, else the index. */
  readonly id: string;
  readonly row: Row;
  /** The right answer as text, for people. */
  readonly target: string;
  /** What to look up when a RAG variant runs; undefined when the task names no query. */
  readonly query: string | undefined;
  /** Ids of the documents that hold the answer; empty when not known. */
  readonly relevantDocuments: readonly string[];
  /** Cluster for the standard error; undefined when items are independent. */
  readonly group: string | undefined;
  /**
   * The requests of one repeat, in the order in which `outcome` wants the results; their ids are unique within the evaluation.
   * @throws BancadaError TEMPLATE_FAILED, FIELD_MISSING.
   */
  requests(repeat: number, contexts: readonly RetrievedChunk[]): LanguageRequest[];
  /** Scores the answers (all `ok`, in the order of `requests`). @throws BancadaError when the target cannot be used. */
  outcome(results: readonly LanguageResult[], contexts: readonly RetrievedChunk[]): ItemOutcome;
}

/** Which part of the split to walk. */
export interface ItemOptions {
  readonly limit?: number | undefined;
  /** Items to leave out (already finished); their few-shot draws are still made, so that the others stay the same. */
  readonly skip?: ((index: number) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An opened task, ready to be walked. */
export interface Task {
  readonly name: string;
  readonly dataset: Dataset;
  /** The split that is evaluated. */
  readonly split: string;
  readonly outputType: OutputType;
  readonly numFewshot: number;
  readonly metrics: readonly TaskMetric[];
  /** Whether RAG variants apply: the task names a retrieval query. */
  readonly retrieves: boolean;
  /** Number of choices when it is the same for every item and known beforehand; for the chance-level warning it is counted while scoring. */
  readonly version: string;
  /** SHA-256 over the resolved configuration and the data's hash; part of an evaluation's identity. */
  readonly fingerprint: string;
  /** The resolved configuration, for the run's snapshot. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The items in order. Streams. @throws BancadaError DATASET_EMPTY, FILE_INVALID. */
  items(options?: ItemOptions): AsyncIterable<TaskItem>;
  /** Items that a walk with this limit will yield; undefined when only reading tells. */
  count(limit?: number): number | undefined;
}
