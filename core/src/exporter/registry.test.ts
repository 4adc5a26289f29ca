// Exporters `json`, `jsonl` and `markdown` on a stored run, and what all formats promise.
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleEvaluation, exampleIds, exampleRun, exampleSample } from '../run/fixture/example-record.ts';
import type { MetricRecord } from '../run/record.ts';
import type { ResultReader } from '../run/result-store.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { exporters } from './registry.ts';

// Parquet keeps a row group: its own test.
const textFormats = ['csv', 'json', 'jsonl', 'markdown', 'lm-eval'] as const;

const store = openSqliteStore(':memory:');
const evaluations = [
  exampleEvaluation(),
  exampleEvaluation({
    id: exampleIds.otherEvaluation,
    model: 'pipe|model',
    error: 'no such file',
    status: 'failed',
  }),
];
const metric: MetricRecord = {
  evaluationId: exampleIds.evaluation,
  metric: 'exact_match',
  filter: 'none',
  value: 0.75,
  n: 4,
  stderr: 0.25,
  ciLow: 0.30064,
  ciHigh: 0.95441,
  method: 'wilson',
  kind: 'score',
  higherIsBetter: true,
};

async function text(format: (typeof textFormats)[number], reader: ResultReader = store): Promise<string> {
  return (await Array.fromAsync(exporters[format].export(reader, exampleIds.run))).join('');
}

beforeAll(async () => {
  await store.open(
    exampleRun({
      snapshot: { suite: { text: 'name: smoke\n' }, environment: { node: '24.21.0', machine: { cores: 2 } } },
    }),
    evaluations,
  );
  await store.append(
    exampleIds.evaluation,
    [0, 1, 2, 3].map((item) => exampleSample(item)),
    0,
  );
  await store.endEvaluation({
    evaluation: exampleEvaluation(),
    metrics: [metric],
    warnings: [{ code: 'SMALL_SAMPLE', evaluationId: exampleIds.evaluation, message: 'only 4 items' }],
    events: [],
  });
  await store.saveGates(exampleIds.run, [
    {
      gate: { min: 0.6 },
      evaluationId: exampleIds.evaluation,
      value: 0.75,
      passed: true,
      message: '0.75 is at least 0.6',
    },
  ]);
});

describe('json export', () => {
  it('holds the whole run as the reader gives it', async () => {
    const exported = JSON.parse(await text('json')) as Record<string, unknown>;
    expect(exported.run).toEqual((await store.runs())[0]);
    expect(exported.evaluations).toEqual(JSON.parse(JSON.stringify(await store.evaluations(exampleIds.run))));
    expect(exported.metrics).toEqual([metric]);
    expect(exported.warnings).toHaveLength(1);
    expect(exported.gates).toHaveLength(1);
    expect(exported.samples).toEqual(
      JSON.parse(JSON.stringify(await Array.fromAsync(store.samples(exampleIds.evaluation)))),
    );
  });

  it('is valid when the run has nothing yet', async () => {
    const empty = openSqliteStore(':memory:');
    await empty.open(exampleRun(), []);
    expect(JSON.parse(await text('json', empty))).toMatchObject({ evaluations: [], samples: [] });
  });
});

describe('jsonl export', () => {
  it('gives one object a sample with the names of its evaluation', async () => {
    const lines = (await text('jsonl')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject(
      [0, 1, 2, 3].map((item) => ({ task: 'sums', model: 'echo', variant: 'closed-book', item })),
    );
  });
});

describe('markdown export', () => {
  it('shows n, score and interval, and tells once what every row says', async () => {
    const lines = (await text('markdown')).split('\n');
    expect(lines).toContain('| task | model | metric | n | score | 95 % CI |');
    expect(lines).toContain('| sums | echo | exact_match | 4 | 0.75 | [0.3006, 0.9544] |');
    expect(lines).toContain(
      'In every row: variant closed-book · few-shot 0 · filter none · stderr 0.25 · interval wilson',
    );
  });

  it('tells warnings, gates, evaluations that could not run, and the provenance', async () => {
    const exported = await text('markdown');
    expect(exported).toContain('- SMALL_SAMPLE sums / echo / closed-book: only 4 items');
    expect(exported).toContain('- Gate passed: 0.75 is at least 0.6');
    expect(exported).toContain('sums / pipe\\|model / closed-book could not run: no such file');
    expect(exported).toContain('- node: 24.21.0');
    expect(exported).toContain('- machine.cores: 2');
    expect(exported).toContain('```yaml\nname: smoke\n```\n');
  });
});

describe.each(textFormats)('%s', (format) => {
  it('reads samples as they are written out, never all at once', async () => {
    let alive = 0;
    let most = 0;
    const reader: ResultReader = {
      runs: () => store.runs(),
      evaluations: (id) => store.evaluations(id),
      metrics: (id) => store.metrics(id),
      warnings: (id) => store.warnings(id),
      gates: (id) => store.gates(id),
      events: (id) => store.events(id),
      close: async () => undefined,
      samples: async function* samples() {
        for (let item = 0; item < 1000; item += 1) {
          alive += 1;
          most = Math.max(most, alive);
          yield exampleSample(item);
        }
      },
    };
    for await (const _ of exporters[format].export(reader, exampleIds.run)) alive = 0;
    expect(most).toBeLessThanOrEqual(64);
  });
});
