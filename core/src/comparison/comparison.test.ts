// Evaluations compared item by item, over a store that holds them in memory.
import { expect, it } from 'vitest';
import type { EvaluationRecord, SampleRecord } from '../run/record.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { TaskMetric } from '../task/task.ts';
import { compareSides } from './comparison.ts';

const accuracy: TaskMetric = { metric: 'acc', filter: 'none', aggregation: 'mean', higherIsBetter: true };
const perplexity: TaskMetric = {
  metric: 'word_perplexity',
  filter: 'none',
  aggregation: 'weighted_perplexity',
  higherIsBetter: false,
};

interface Given {
  readonly item: number;
  readonly value: number;
  readonly weight?: number;
  readonly repeat?: number;
  readonly target?: string;
}

/** A store with one evaluation per model on the same task. */
async function stored(metric: TaskMetric, models: Record<string, readonly Given[]>) {
  const store = openSqliteStore(':memory:');
  const evaluations = Object.keys(models).map((model, position) => evaluation(model, position, metric));
  const run = {
    id: '01a20a84-0000-7000-8000-000000000000',
    name: 'r',
    fingerprint: 'f',
    status: 'running' as const,
    createdAt: '2026-11-01T00:00:00.000Z',
    snapshot: {},
  };
  await store.open(run, evaluations);
  for (const record of evaluations) {
    const samples = (models[record.model] ?? []).map((given) => sample(record.id, metric, given));
    await store.append(record.id, samples, 0);
  }
  const side = (model: string) => ({
    reader: store,
    evaluations: evaluations.filter((one) => one.model === model),
  });
  return { side, [Symbol.asyncDispose]: () => store.close() };
}

it('pairs the items that both have, and counts the others and the flips', async () => {
  const rows = (values: readonly number[], from = 0) => values.map((value, n) => ({ item: from + n, value }));
  await using held = await stored(accuracy, { a: rows([1, 0, 0, 1, 1]), b: rows([1, 1, 0, 0], 1) });
  const [row] = await compareSides(held.side('a'), held.side('b'), { seed: 1 });
  expect(row).toMatchObject({ unit: 'score', unpaired: 1, paired: { n: 4, difference: 0, p: 1 } });
  expect(row?.fixed.map((flip) => flip.itemId)).toEqual(['1', '2']);
  expect(row?.broken.map((flip) => flip.itemId)).toEqual(['3', '4']);
});

it('compares perplexities by their loss, so that less is better on items too', async () => {
  await using held = await stored(perplexity, {
    a: [0, 1, 2].map((item) => ({ item, value: -12, weight: 4 })),
    b: [0, 1, 2].map((item) => ({ item, value: -8, weight: 4 })),
  });
  const [row] = await compareSides(held.side('a'), held.side('b'), { seed: 1 });
  expect(row).toMatchObject({
    unit: 'loss',
    higherIsBetter: false,
    baseline: { mean: 3 },
    candidate: { mean: 2 },
  });
  expect([row?.paired.difference, row?.fixed, row?.broken]).toEqual([-1, [], []]);
});

it('takes repeats of an item as one cluster: they do not make the interval narrower', async () => {
  const scores = [1, 0, 0, 1, 0, 1, 1, 0];
  const once = {
    a: scores.map((_, item) => ({ item, value: 0 })),
    b: scores.map((value, item) => ({ item, value })),
  };
  const thrice = (rows: readonly Given[]) =>
    rows.flatMap((row) => [0, 1, 2].map((repeat) => ({ ...row, repeat })));
  await using single = await stored(accuracy, once);
  await using triple = await stored(accuracy, { a: thrice(once.a), b: thrice(once.b) });
  const [one] = await compareSides(single.side('a'), single.side('b'), { seed: 1 });
  const [three] = await compareSides(triple.side('a'), triple.side('b'), { seed: 1 });
  expect(three?.paired.n).toBe(24);
  expect(three?.paired.stderr).toBeCloseTo(one?.paired.stderr ?? Number.NaN, 10);
});

it('does not pair items whose right answer differs between the sides', async () => {
  await using held = await stored(accuracy, {
    a: [
      { item: 0, value: 1, target: 'x' },
      { item: 1, value: 1 },
    ],
    b: [
      { item: 0, value: 0, target: 'y' },
      { item: 1, value: 1 },
    ],
  });
  const [row] = await compareSides(held.side('a'), held.side('b'), { seed: 1 });
  expect(row).toMatchObject({ unpaired: 2, paired: { n: 1, difference: 0 } });
});

it('says what each side has when they share nothing', async () => {
  await using held = await stored(accuracy, { a: [{ item: 0, value: 1 }], b: [{ item: 0, value: 1 }] });
  await expect(compareSides(held.side('a'), held.side('b'), { seed: 1, metric: 'f1' })).rejects.toThrow(
    'share no metric "f1". The first has task/closed-book',
  );
});

function evaluation(model: string, position: number, metric: TaskMetric): EvaluationRecord {
  return {
    id: `01a20a84-0000-7000-8000-00000000000${position + 1}`,
    runId: '01a20a84-0000-7000-8000-000000000000',
    task: 'task',
    model,
    variant: 'closed-book',
    outputType: 'multiple_choice',
    numFewshot: 0,
    repeats: 3,
    metrics: [metric],
    fingerprint: model,
    parameters: {},
    status: 'running',
  };
}

function sample(evaluationId: string, metric: TaskMetric, given: Given): SampleRecord {
  const tokens = { prompt: 1, output: 1, dropped: 0 };
  return {
    evaluationId,
    item: given.item,
    repeat: given.repeat ?? 0,
    itemId: String(given.item),
    outcome: { status: 'ok' },
    input: '',
    target: given.target ?? '',
    prediction: '',
    output: '',
    requests: [],
    scores: [{ metric: metric.metric, filter: metric.filter, value: given.value, weight: given.weight ?? 1 }],
    tokens,
    timing: { queueMs: 0, e2eMs: 1 },
    startedAt: '2026-11-01T00:00:00.000Z',
  };
}
