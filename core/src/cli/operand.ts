// What `compare` takes as one side: a results file, `file#model`, or a model within one file.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BancadaError, unknownName } from '../errors.ts';
import type { EvaluationRecord, RunRecord } from '../run/record.ts';
import type { ResultReader } from '../run/result-store.ts';
import { openResults } from './results-file.ts';

/** The evaluations that one side stands for. */
export interface Side {
  /** As the user wrote it. */
  readonly label: string;
  readonly reader: ResultReader;
  readonly run: RunRecord;
  readonly evaluations: readonly EvaluationRecord[];
}

/**
 * Finds the evaluations meant by `operand`.
 * @param operand `results.sqlite`, `results.sqlite#bancada-tiny`, or `bancada-tiny` (looked up in `defaultFile`).
 * @throws BancadaError FILE_NOT_FOUND, UNKNOWN_NAME (lists the models of the run).
 */
export async function resolveSide(operand: string, directory: string, defaultFile: string): Promise<Side> {
  const [file, model] = splitOperand(operand, directory, defaultFile);
  const reader = await openResults(file);
  const run = await latestRun(reader, file);
  const evaluations = await reader.evaluations(run.id);
  if (model === undefined) return { label: operand, reader, run, evaluations };
  const chosen = evaluations.filter((evaluation) => evaluation.model === model);
  if (chosen.length === 0) {
    throw unknownName('model', model, [...new Set(evaluations.map((evaluation) => evaluation.model))], {
      file,
    });
  }
  return { label: operand, reader, run, evaluations: chosen };
}

/** The run that was created last. @throws BancadaError FILE_INVALID when the file holds none. */
export async function latestRun(reader: ResultReader, file: string, id?: string): Promise<RunRecord> {
  const runs = await reader.runs();
  const found =
    id === undefined ? runs.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)).at(-1) : undefined;
  if (id === undefined && found === undefined)
    throw new BancadaError('FILE_INVALID', 'holds no run', { file });
  if (found !== undefined) return found;
  const named = runs.find((run) => run.id === id || run.name === id);
  if (named === undefined) {
    throw unknownName(
      'run',
      String(id),
      runs.map((run) => run.id),
      { file },
    );
  }
  return named;
}

function splitOperand(operand: string, directory: string, defaultFile: string): [string, string | undefined] {
  const whole = path.resolve(directory, operand);
  if (existsSync(whole)) return [whole, undefined];
  const hash = operand.lastIndexOf('#');
  if (hash > 0) return [path.resolve(directory, operand.slice(0, hash)), operand.slice(hash + 1)];
  if (/\.(sqlite|db)$/.test(operand)) return [whole, undefined];
  return [path.resolve(directory, defaultFile), operand];
}
