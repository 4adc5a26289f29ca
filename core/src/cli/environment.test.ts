// What the command line makes of its environment variables.
import path from 'node:path';
import { expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

it('searches the bundled data alone when no home is set', () => {
  const environment = readEnvironment({});
  expect(environment.homes).toEqual([environment.home]);
  expect(path.basename(environment.home)).toBe('data');
});

it('searches the user’s home before the bundled data', () => {
  const environment = readEnvironment({ BANCADA_HOME: 'mine', INIT_CWD: '/somewhere' });
  expect(environment.homes[0]).toBe(path.resolve('/somewhere/mine'));
  expect(environment.homes).toHaveLength(2);
});

it('names the variable and what is allowed when a value is wrong', () => {
  expect(() => readEnvironment({ BANCADA_HOME: '' })).toThrow(/BANCADA_HOME.*allowed: a folder/);
});

it('reads a secret by the name of its variable only when asked', () => {
  expect(readEnvironment({ SOME_KEY: 'abc' }).secret('SOME_KEY')).toBe('abc');
});
