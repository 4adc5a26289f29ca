// Exporter `jsonl`: one sample a line, with the evaluation that it belongs to.
import type { Exporter } from './exporter.ts';
import { readStoredRun, samplesOf } from './stored-run.ts';

/** Every field of the samples; log-probabilities of minus infinity become null, as JSON has none. */
export const jsonl: Exporter<string> = {
  description: 'JSON Lines, one sample a line',
  mediaType: 'application/jsonl',
  extension: '.jsonl',
  async *export(reader, runId) {
    const { evaluations } = await readStoredRun(reader, runId);
    for await (const { evaluation, sample } of samplesOf(reader, evaluations)) {
      const { task, model, variant } = evaluation;
      yield `${JSON.stringify({ runId, task, model, variant, ...sample })}\n`;
    }
  },
};
