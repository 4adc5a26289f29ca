// Examples are drawn as lm-evaluation-harness draws them.
import { expect, test } from 'vitest';
import reference from '../../reference/fewshot.json' with { type: 'json' };
import { fewShotSampler } from './few-shot.ts';

test.each(
  reference.draws.map(
    (one) =>
      [
        `${one.sampler}, ${one.shots} of ${one.pool}${one.evaluated ? ', itself left out' : ''}`,
        one,
      ] as const,
  ),
)('%s', (_, one) => {
  const pool = Array.from({ length: one.pool }, (_, id) => ({ id }));
  const plan = {
    sampler: one.sampler as 'default' | 'first_n',
    count: one.shots,
    excludesItself: one.evaluated,
    seed: reference.seed,
  };
  const draw = fewShotSampler(pool, plan);
  expect(one.draws.map((_, index) => draw(pool[index % pool.length] ?? {}).map((row) => row.id))).toEqual(
    one.draws,
  );
});

test('equal rows are all left out, and the draw is made again from the others', () => {
  const pool = [{ a: 1 }, { a: 1 }, { a: 2 }, { a: 3 }];
  const draw = fewShotSampler(pool, { sampler: 'default', count: 2, excludesItself: true, seed: 1 });
  for (let call = 0; call < 20; call += 1)
    expect(
      draw({ a: 1 })
        .map((row) => row.a)
        .toSorted(),
    ).toEqual([2, 3]);
});

test('too small a pool is an error that says how many there may be', () => {
  expect(() =>
    fewShotSampler([{ a: 1 }], { sampler: 'default', count: 3, excludesItself: false, seed: 1 }),
  ).toThrow('allowed: at most 1');
});
