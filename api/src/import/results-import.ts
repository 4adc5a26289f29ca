// Takes the runs of a results file in: all of them in one transaction, each run once however often it is sent.
import type { EvaluationRecord, RunRecord } from '@bancada/core';
import { appendActivity, insertSamples } from '@bancada/prisma';
import type { PoolClient } from 'pg';
import type { Services } from '../context.ts';
import { Problem } from '../rest/problem.ts';
import { CheckedResults } from './checked-results.ts';
import {
  insertEvaluation,
  insertEvents,
  insertMetrics,
  insertRun,
  keptRun,
  type RunCounts,
} from './run-rows.ts';
import { rowId, storable } from './storable.ts';

/** What came of one run of the file. */
export interface ImportedRun {
  readonly id: string;
  readonly name: string;
  /** `replaced`: it was imported before, from a file that knew less of it; `skipped`: it is not over. */
  readonly outcome: 'imported' | 'replaced' | 'unchanged' | 'skipped';
  /** Of the run, that are here now. */
  readonly samples: number;
}

const batchSize = 500;
const endedStatuses: readonly RunRecord['status'][] = ['succeeded', 'failed', 'cancelled'];

/**
 * Takes in the runs of the file that have ended, or the one that is `wanted`. `importedById`: the user who sent it.
 * @throws Problem 404 (no such run in the file), 409 (a run of that id is here, of another suite),
 * 422 (no results file, a record that is not one, no run that is over): then nothing is taken in.
 */
export async function importResults(
  { pool }: Pick<Services, 'pool'>,
  file: string,
  wanted: string | undefined,
  importedById: string | undefined,
): Promise<ImportedRun[]> {
  const results = new CheckedResults(file);
  try {
    const runs = await chosenRuns(results, wanted);
    const client = await pool.connect();
    try {
      return await importAll(client, results, runs, importedById);
    } finally {
      client.release();
    }
  } finally {
    await results.close();
  }
}

async function chosenRuns(results: CheckedResults, wanted: string | undefined): Promise<RunRecord[]> {
  const found = await results.runs();
  if (found.length === 0) throw new Problem(422, 'the file holds no run');
  const runs = wanted === undefined ? found : found.filter(({ id }) => id === wanted);
  if (runs.length === 0) {
    throw new Problem(404, `the file holds no run ${wanted}; runs: ${found.map(({ id }) => id).join(', ')}`);
  }
  if (!runs.some(({ status }) => endedStatuses.includes(status))) {
    const open = runs.map(({ id, status }) => `the run ${id} is ${status}`).join(', ');
    throw new Problem(422, `${open}: end it first`, { hint: 'npm run bancada -- run <suite> --resume' });
  }
  return runs;
}

async function importAll(
  client: PoolClient,
  results: CheckedResults,
  runs: readonly RunRecord[],
  importedById: string | undefined,
): Promise<ImportedRun[]> {
  try {
    await client.query('begin');
    const imported: ImportedRun[] = [];
    for (const run of runs) imported.push(await importRun(client, results, run, importedById));
    // Last, as it keeps other writers of the lists waiting until the commit.
    for (const { id, outcome } of imported) {
      if (outcome === 'imported') await appendActivity(client, { kind: 'run.created', runId: id });
      if (outcome === 'replaced') await appendActivity(client, { kind: 'run.status', runId: id });
    }
    await client.query('commit');
    return imported;
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    if (!isDataError(thrown)) throw thrown;
    throw new Problem(422, `the file holds what cannot be kept: ${thrown.message}`);
  }
}

async function importRun(
  client: PoolClient,
  results: CheckedResults,
  run: RunRecord,
  importedById: string | undefined,
): Promise<ImportedRun> {
  const { id, name } = run;
  if (!endedStatuses.includes(run.status)) return { id, name, outcome: 'skipped', samples: 0 };
  const before = await keptRun(client, id);
  if (before !== undefined) {
    if (before.fingerprint !== run.fingerprint) {
      throw new Problem(409, `the run ${id} is here already, of another suite`);
    }
    const same = before.status === run.status.toUpperCase() && before.finishedAt === run.finishedAt;
    if (!before.imported || same) return { id, name, outcome: 'unchanged', samples: before.samples };
    await client.query('delete from "Run" where id = $1', [id]);
  }
  const samples = await writeRun(client, results, run, importedById);
  return { id, name, outcome: before === undefined ? 'imported' : 'replaced', samples };
}

async function writeRun(
  client: PoolClient,
  results: CheckedResults,
  run: RunRecord,
  importedById: string | undefined,
): Promise<number> {
  const evaluations = await results.evaluations(run.id);
  const ids = new Map(evaluations.map(({ id }) => [id, rowId(run.id, id)]));
  const warnings = storable(await results.warnings(run.id), ids);
  const gates = storable(await results.gates(run.id), ids);
  await insertRun(client, storable(run, ids), { warnings, gates, importedById });
  const counts: RunCounts = { done: 0, failed: 0, total: 0 };
  for (const [position, evaluation] of evaluations.entries()) {
    const { done, failed } = await writeEvaluation(client, results, evaluation, position, ids);
    counts.done += done;
    counts.failed += failed;
    counts.total += Math.max(done, evaluation.planned ?? 0);
  }
  await insertEvents(client, run.id, batches(storableEvents(results, run.id, ids)), counts);
  return counts.done;
}

async function writeEvaluation(
  client: PoolClient,
  results: CheckedResults,
  evaluation: EvaluationRecord,
  position: number,
  ids: ReadonlyMap<string, string>,
): Promise<{ readonly done: number; readonly failed: number }> {
  const row = storable(evaluation, ids);
  await insertEvaluation(client, row, position, await results.activeMs(evaluation.id));
  let done = 0;
  let failed = 0;
  for await (const samples of batches(results.samples(evaluation.id))) {
    await insertSamples(client, row.id, samples);
    done += samples.length;
    failed += samples.filter(({ outcome }) => outcome.status === 'failed').length;
  }
  await client.query('update "Evaluation" set done = $2, failed = $3 where id = $1', [row.id, done, failed]);
  await insertMetrics(client, row.id, storable(await results.metrics(evaluation.id), ids));
  return { done, failed };
}

async function* storableEvents(results: CheckedResults, runId: string, ids: ReadonlyMap<string, string>) {
  for await (const { at, event } of results.events(runId)) yield { at, event: storable(event, ids) };
}

async function* batches<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

// Classes of Postgres's errors: cardinality, data, constraints.
function isDataError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && /^2[123]/.test(String((thrown as { code?: unknown }).code ?? ''));
}
