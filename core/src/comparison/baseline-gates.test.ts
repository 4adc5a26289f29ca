// Gates against a baseline: a regression that is more than chance is missed, a difference within chance is not.
import { afterEach, expect, it } from 'vitest';
import reference from '../../reference/statistics.json' with { type: 'json' };
import { exampleEvaluation, exampleRun, exampleSample } from '../run/fixture/example-record.ts';
import type { Measured } from '../run/gates.ts';
import type { SampleRecord } from '../run/record.ts';
import type { Gate } from '../run/suite-schema.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { type Baseline, judgeBaselineGates } from './baseline-gates.ts';

const store = openSqliteStore(':memory:');
let runs = 0;
afterEach(() => {
  runs += 10;
});

const gate: Gate = { metric: 'exact_match', task: 'sums', model: 'echo', baseline: 'last-success' };

/** A run with these scores of items 0, 1, …; a task each when there are several columns. */
async function stored(columns: Readonly<Record<string, readonly number[]>>): Promise<Measured[]> {
  runs += 1;
  const id = `019a0000-0000-7000-8000-${String(runs).padStart(12, '0')}`;
  const cells = Object.keys(columns).map((task, n) =>
    exampleEvaluation({ id: `${id}/${n}`, runId: id, task }),
  );
  await store.open(exampleRun({ id }), cells);
  for (const evaluation of cells) {
    const samples = (columns[evaluation.task] ?? []).map(
      (value, item): SampleRecord =>
        exampleSample(item, {
          evaluationId: evaluation.id,
          scores: [{ metric: 'exact_match', filter: 'none', value, weight: 1 }],
        }),
    );
    await store.append(evaluation.id, samples, 0);
  }
  return cells.map((evaluation) => ({ evaluation, metrics: [] }));
}

function found(measured: readonly Measured[]): Baseline {
  const evaluations = measured.map(({ evaluation }) => evaluation);
  return { status: 'found', label: 'the run of yesterday', reader: store, evaluations };
}

const judge = (gates: readonly Gate[], measured: readonly Measured[], baseline: Baseline) =>
  judgeBaselineGates({ gates, measured, reader: store, find: async () => baseline });

/** Two columns in which the second wins `fixed` items, loses `broken`, and agrees on some more. */
function flips(fixed: number, broken: number): { before: number[]; after: number[] } {
  const before = [...Array(fixed).fill(0), ...Array(broken).fill(1), 1, 1, 0];
  const after = [...Array(fixed).fill(1), ...Array(broken).fill(0), 1, 1, 0];
  return { before, after };
}

it.each(reference.mcnemar)('statsmodels gives p = $p for $fixed fixed and $broken broken', async (given) => {
  const { before, after } = flips(given.fixed, given.broken);
  const baseline = found(await stored({ sums: before }));
  const [result] = await judge([gate], await stored({ sums: after }), baseline);
  expect(result?.passed).toBe(!(given.broken > given.fixed && given.p < 0.05));
  expect(result?.message).toContain(`p = ${Number(given.p.toPrecision(3))}`);
});

it.each(reference.paired.filter(({ kind }) => kind === 'real'))(
  'scores that are not 0/1: a difference of $difference',
  async ({ baseline: before, candidate: after, difference, p }) => {
    const baseline = found(await stored({ sums: before }));
    const [result] = await judge([gate], await stored({ sums: after }), baseline);
    expect(result?.passed).toBe(!(difference < 0 && p < 0.05));
  },
);

it('corrects by Holm over all gates of the run', async () => {
  const { before, after } = flips(1, 9);
  const alone = found(await stored({ sums: before }));
  const [single] = await judge([gate], await stored({ sums: after }), alone);
  expect(single).toMatchObject({ passed: false });
  expect(single?.message).toContain('a significant regression');
  const names = ['a', 'b', 'c'];
  const columns = (values: number[]) => Object.fromEntries(names.map((name) => [name, values]));
  const results = await judge(
    names.map((task) => ({ ...gate, task })),
    await stored(columns(after)),
    found(await stored(columns(before))),
  );
  expect(results.map(({ passed }) => passed)).toEqual([true, true, true]);
  expect(results[0]?.message).toContain('p = 0.0645 by Holm over 3');
});

it('bounds the drop itself, whatever chance says', async () => {
  const { before, after } = flips(0, 2);
  const baseline = found(await stored({ sums: before }));
  const measured = await stored({ sums: after });
  const passed = async (more: Partial<Gate>) =>
    (await judge([{ ...gate, ...more }], measured, baseline))[0]?.passed;
  expect(await passed({ max_drop: 0.3 })).toBe(false);
  expect(await passed({ max_drop: 0.5 })).toBe(true);
  expect(await passed({ max_regression: 'significant' })).toBe(true);
  const better = found(measured);
  expect((await judge([{ ...gate, max_drop: 0 }], await stored({ sums: before }), better))[0]?.passed).toBe(
    true,
  );
});

it('passes and says so while there is nothing to compare with; a run that is named has to be there', async () => {
  const measured = await stored({ sums: [1] });
  expect(await judge([gate], measured, { status: 'none-yet', message: 'nothing yet' })).toMatchObject([
    { passed: true, message: 'exact_match of echo on sums (closed-book): nothing yet' },
  ]);
  expect(await judge([gate], measured, { status: 'missing', message: 'gone' })).toMatchObject([
    { passed: false },
  ]);
  const other = found(await stored({ products: [1] }));
  expect(await judge([gate], measured, other)).toMatchObject([{ passed: true }]);
  expect(await judge([{ ...gate, task: 'nowhere' }], measured, other)).toMatchObject([{ passed: false }]);
});
