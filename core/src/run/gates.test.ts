// Gates speak of the right evaluations, and a missing value is a missed gate.
import { expect, it } from 'vitest';
import { exampleEvaluation } from './fixture/example-record.ts';
import { evaluateGates, evaluationsOf } from './gates.ts';

const variants = ['closed-book', 'dense[k=1]', 'dense[k=3]', 'words'];
const cells = variants.map((variant) => exampleEvaluation({ id: variant, variant }));
const gate = { metric: 'acc', task: 'sums', model: 'echo', min: 0.5 };
const names = (meant: typeof cells) => meant.map(({ variant }) => variant);

it('means the RAG variants unless it names one, closed book where there is none', () => {
  expect(names(evaluationsOf(gate, cells))).toEqual(['dense[k=1]', 'dense[k=3]', 'words']);
  expect(names(evaluationsOf({ ...gate, variant: 'dense' }, cells))).toEqual(['dense[k=1]', 'dense[k=3]']);
  expect(names(evaluationsOf({ ...gate, variant: 'dense[k=3]' }, cells))).toEqual(['dense[k=3]']);
  expect(names(evaluationsOf({ ...gate, variant: 'closed-book' }, cells))).toEqual(['closed-book']);
  expect(names(evaluationsOf(gate, cells.slice(0, 1)))).toEqual(['closed-book']);
});

it('holds at its bounds, and is missed where nothing was measured', () => {
  const [evaluation] = cells;
  if (evaluation === undefined) throw new TypeError('no cell');
  const metric = {
    metric: 'acc',
    filter: 'none',
    n: 9,
    method: 'none',
    kind: 'score',
    higherIsBetter: true,
  } as const;
  const passed = (value: number, bounds: { min?: number; max?: number }) => {
    const measured = [{ evaluation, metrics: [{ ...metric, evaluationId: evaluation.id, value }] }];
    return evaluateGates([{ ...gate, min: undefined, ...bounds }], measured)[0]?.passed;
  };
  expect([passed(0.5, { min: 0.5 }), passed(0.49, { min: 0.5 })]).toEqual([true, false]);
  expect([passed(0.5, { max: 0.5 }), passed(0.51, { max: 0.5 })]).toEqual([true, false]);
  expect(evaluateGates([gate], [{ evaluation, metrics: [] }])).toMatchObject([
    { passed: false, value: undefined, message: 'acc of echo on sums (closed-book): not measured' },
  ]);
});
