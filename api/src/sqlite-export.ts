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
    for (const { id } of evaluations) {
      for await (const batch of batches(reader.samples(id))) await store.append(id, batch, 0);
      await store.saveMetrics(id, await reader.metrics(id));
    }
    await store.saveWarnings(runId, await reader.warnings(runId));
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
