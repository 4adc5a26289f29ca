// One run of a results file with its evaluations, and its samples one after the other.
import { unknownName } from '../errors.ts';
import type { EvaluationRecord, RunRecord, SampleRecord } from '../run/record.ts';
import type { ResultReader } from '../run/result-store.ts';

/** Everything of a run whose size does not grow with the samples. */
export interface StoredRun {
  readonly run: RunRecord;
  readonly evaluations: readonly EvaluationRecord[];
}

/** @throws BancadaError UNKNOWN_NAME (lists the runs that are there). */
export async function readStoredRun(reader: ResultReader, runId: string): Promise<StoredRun> {
  const runs = await reader.runs();
  const run = runs.find(({ id }) => id === runId);
  if (run === undefined) {
    throw unknownName(
      'run',
      runId,
      runs.map(({ id }) => id),
    );
  }
  return { run, evaluations: await reader.evaluations(runId) };
}

/** The samples of all evaluations, in planned order. */
export async function* samplesOf(
  reader: ResultReader,
  evaluations: readonly EvaluationRecord[],
): AsyncGenerator<{ readonly evaluation: EvaluationRecord; readonly sample: SampleRecord }> {
  for (const evaluation of evaluations) {
    for await (const sample of reader.samples(evaluation.id)) yield { evaluation, sample };
  }
}

/** A score's name in tables, as lm-evaluation-harness writes it: `exact_match`, or `exact_match,strict-match` after a filter. */
export function scoreName({ metric, filter }: { readonly metric: string; readonly filter: string }): string {
  return filter === 'none' ? metric : `${metric},${filter}`;
}
