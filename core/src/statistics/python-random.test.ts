// CPython's generator, draw by draw.
import { expect, test } from 'vitest';
import reference from '../../reference/random.json' with { type: 'json' };
import { BancadaError } from '../errors.ts';
import { PythonRandom } from './python-random.ts';

test.each(reference.draws)('draws from seed $seed equal CPython', (expected) => {
  const random = new PythonRandom(BigInt(expected.seed));
  expect(expected.random.map(() => random.random())).toEqual(expected.random);
  for (const [bits, value] of expected.getrandbits) expect(random.getrandbits(bits as number)).toBe(value);
  for (const [n, value] of expected.randbelow) expect(random.below(n as number)).toBe(value);
  expect(random.choices([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 8)).toEqual(expected.choices);
  const items = Array.from({ length: expected.shuffle.length }, (_, index) => index);
  random.shuffle(items);
  expect(items).toEqual(expected.shuffle);
  expect(random.random()).toBe(expected.after);
});

test.each(reference.samples)(
  'samples from seed $seed equal CPython over both of its algorithms',
  ({ seed, calls, after }) => {
    const random = new PythonRandom(seed);
    for (const [n, k, drawn] of calls) expect(random.sampleIndexes(n as number, k as number)).toEqual(drawn);
    expect(random.random()).toBe(after);
  },
);

test.each(reference.late)('the state stays right over $call draws', ({ seed, call, random: expected }) => {
  const random = new PythonRandom(seed);
  for (let i = 1; i < call; i++) random.random();
  expect(random.random()).toBe(expected);
});

test('the state is shared by successive samples, as few-shot sampling needs it', () => {
  const random = new PythonRandom(1234);
  const hundred = Array.from({ length: 100 }, (_, index) => `doc ${index}`);
  expect(random.sample(hundred, 5)).toEqual(['doc 99', 'doc 56', 'doc 14', 'doc 0', 'doc 11']);
  expect(random.sample(hundred, 5)).toEqual(['doc 74', 'doc 4', 'doc 85', 'doc 88', 'doc 10']);
  expect(random.sampleIndexes(7473, 6)).toEqual([806, 6279, 2905, 1939, 142, 252]);
});

test('a sample larger than the population and too many bits are refused', () => {
  const random = new PythonRandom(0);
  expect(() => random.sample([1, 2], 3)).toThrow(BancadaError);
  expect(() => random.sample([1, 2], -1)).toThrow('an integer from 0 to 2');
  expect(() => random.getrandbits(54)).toThrow('an integer from 0 to 53');
  expect(() => new PythonRandom(0.5)).toThrow(RangeError);
});
