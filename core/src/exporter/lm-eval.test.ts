// Exporter `lm-eval`: the keys and values that readers of lm-evaluation-harness's results look for.
import { expect, it } from 'vitest';
import { exampleEvaluation, exampleIds, exampleRun } from '../run/fixture/example-record.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { ExportOptions } from './exporter.ts';
import { lmEval } from './lm-eval.ts';

const store = openSqliteStore(':memory:');
await store.open(exampleRun({ status: 'succeeded', finishedAt: '2026-11-01T10:01:00.000Z' }), [
  exampleEvaluation({
    parameters: {
      limit: 10,
      seed: 1234,
      taskVersion: '1.0',
      task: { output_type: 'generate_until', dataset_path: 'sums' },
      dataset: { name: 'sums', split: 'test', splits: [{ name: 'test', rows: 400, sha256: '' }] },
    },
  }),
  exampleEvaluation({ id: exampleIds.otherEvaluation, model: 'other' }),
]);
const score = {
  metric: 'exact_match',
  n: 10,
  kind: 'score',
  method: 'wilson',
  higherIsBetter: true,
} as const;
await store.saveMetrics(exampleIds.evaluation, [
  { ...score, evaluationId: exampleIds.evaluation, filter: 'none', value: 0.75, stderr: 0.25 },
  { ...score, evaluationId: exampleIds.evaluation, filter: 'strict-match', value: 0.5 },
  {
    ...score,
    evaluationId: exampleIds.evaluation,
    metric: 'ttft_p95_ms',
    filter: 'none',
    value: 12,
    kind: 'speed',
  },
]);

async function exported(options?: ExportOptions) {
  return JSON.parse((await Array.fromAsync(lmEval.export(store, exampleIds.run, options))).join(''));
}

it('of one model has the harness keys, the task under its own name, no speed among the scores', async () => {
  expect(await exported({ model: 'echo' })).toMatchObject({
    results: {
      sums: {
        alias: 'sums',
        'exact_match,none': 0.75,
        'exact_match_stderr,none': 0.25,
        'exact_match,strict-match': 0.5,
        'exact_match_stderr,strict-match': 'N/A',
      },
    },
    group_subtasks: {},
    configs: { sums: { task: 'sums', dataset_path: 'sums', num_fewshot: 0 } },
    versions: { sums: '1.0' },
    'n-shot': { sums: 0 },
    higher_is_better: { sums: { exact_match: true } },
    'n-samples': { sums: { original: 400, effective: 10 } },
    config: { limit: 10, random_seed: 1234 },
    model_name: 'echo',
    total_evaluation_time_seconds: '60',
  });
  expect(Object.keys((await exported({ model: 'echo' })).results.sums)).not.toContain('ttft_p95_ms,none');
});

it('of several models keeps them apart', async () => {
  const all = await exported();
  expect(Object.keys(all.results)).toEqual(['sums@echo', 'sums@other']);
  expect(all['n-shot']).toEqual({ 'sums@echo': 0, 'sums@other': 0 });
});

it('of several models has no slash in a key: the readers part task and score by it', async () => {
  const slashed = openSqliteStore(':memory:');
  await slashed.open(exampleRun(), [
    exampleEvaluation({ model: 'org/echo' }),
    exampleEvaluation({ id: exampleIds.otherEvaluation, model: 'other' }),
  ]);
  const pieces = await Array.fromAsync(lmEval.export(slashed, exampleIds.run));
  expect(Object.keys(JSON.parse(pieces.join('')).results)).toEqual(['sums@org__echo', 'sums@other']);
});

it('of a model that is not there names those that are', async () => {
  await expect(exported({ model: 'nobody' })).rejects.toThrow(/model.*"nobody".*echo, other/);
});
