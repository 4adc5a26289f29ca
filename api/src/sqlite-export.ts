// A run as a results file of the command line: read by `bancada show`, `compare` and `export`.
import { openSqliteStore, type ResultReader, type SampleRecord } from '@bancada/core';

const batchSize = 500;

/** Writes a new file, by the same store that the command line writes with. */
export async function writeSqlite(reader: ResultReader, runId: string, file: string): Promise<void> {
  const store = openSqliteStore(file);
  try {
    const run = (await reader.runs()).find(({ id }) => id === runId);
    if (run === undefined) throw new Error(`there is no run ${runId}`);
    const evaluations = await reader.evaluations(runId);
    await store.open(run, evaluations);
    const warnings = Map.groupBy(await reader.warnings(runId), ({ evaluationId }) => evaluationId);
    for (const evaluation of evaluations) {
      const { id } = evaluation;
      for await (const batch of batches(reader.samples(id))) await store.append(id, batch, 0);
      const metrics = await reader.metrics(id);
      await store.endEvaluation({ evaluation, metrics, warnings: warnings.get(id) ?? [], events: [] });
    }
    await store.saveGates(runId, await reader.gates(runId));
    for await (const { event } of reader.events(runId)) await store.record(runId, event);
    await store.setRunStatus(runId, run.status, run.finishedAt);
  } finally {
    await store.close();
  }
}

async function* batches(samples: AsyncIterable<SampleRecord>): AsyncGenerator<SampleRecord[]> {
  let batch: SampleRecord[] = [];
  for await (const sample of samples) {
    batch.push(sample);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
