// Exporter `json`: the whole run as one JSON object.
import type { Exporter } from './exporter.ts';
import { readStoredRun, samplesOf } from './stored-run.ts';

/** Members: run, evaluations, metrics, warnings, gates, samples; metrics and samples name their evaluation. */
export const json: Exporter<string> = {
  description: 'One JSON object: run, evaluations, metrics, warnings, gates, samples',
  mediaType: 'application/json',
  extension: '.json',
  async *export(reader, runId) {
    const { run, evaluations } = await readStoredRun(reader, runId);
    const metrics = await Promise.all(evaluations.map(({ id }) => reader.metrics(id)));
    yield `{"run":${JSON.stringify(run)}`;
    yield `,\n"evaluations":${list(evaluations)}`;
    yield `,\n"metrics":${list(metrics.flat())}`;
    yield `,\n"warnings":${list(await reader.warnings(runId))}`;
    yield `,\n"gates":${list(await reader.gates(runId))}`;
    yield ',\n"samples":[';
    let separator = '\n';
    for await (const { sample } of samplesOf(reader, evaluations)) {
      yield separator + JSON.stringify(sample);
      separator = ',\n';
    }
    yield '\n]}\n';
  },
};

function list(records: readonly unknown[]): string {
  return `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]`;
}
