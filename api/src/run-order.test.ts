// Moving a run changes the order to what was asked for, and no priority that need not change.
import { expect, test } from 'vitest';
import { movedPriorities, type Placed, type RunMove } from './run-order.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute));
const runsOf = (priorities: readonly number[]): Placed[] =>
  priorities.map((priority, n) => ({ id: 'abcdef'[n] ?? '', priority, createdAt: at(n) }));

function order(runs: readonly Placed[]): string {
  return runs
    .toSorted((a, b) => a.priority - b.priority || a.createdAt.getTime() - b.createdAt.getTime())
    .map(({ id }) => id)
    .join('');
}

function moved(priorities: readonly number[], id: string, move: RunMove) {
  const runs = runsOf(priorities);
  const changed = movedPriorities(runs, id, move);
  const after = runs.map((run) => ({ ...run, priority: changed.get(run.id) ?? run.priority }));
  return { order: order(after), changed: Object.fromEntries(changed) };
}

test.each<[readonly number[], string, RunMove, string, Record<string, number>]>([
  [[0, 0, 0], 'c', 'FRONT', 'cab', { c: -1 }],
  [[0, 0, 0], 'a', 'BACK', 'bca', { a: 1 }],
  [[0, 0, 0], 'c', 'UP', 'acb', { c: -1, a: -1 }],
  [[0, 0, 0], 'a', 'DOWN', 'bac', { a: 1, c: 1 }],
  [[-5, 0, 0, 0], 'c', 'UP', 'acbd', { c: -1 }],
  [[0, 1, 2], 'b', 'UP', 'bac', { b: -1 }],
  [[0, 1, 2], 'c', 'UP', 'acb', { c: 0 }],
  [[0, 0, 0], 'a', 'UP', 'abc', {}],
  [[0, 0, 0], 'c', 'BACK', 'abc', {}],
  [[0], 'a', 'FRONT', 'a', {}],
  [[0, 0, 0, 0], 'd', 'UP', 'abdc', { d: -1, b: -1, a: -1 }],
])('%j: %s goes %s, then %s', (priorities, id, move, expected, changed) => {
  expect(moved(priorities, id, move)).toEqual({ order: expected, changed });
});
