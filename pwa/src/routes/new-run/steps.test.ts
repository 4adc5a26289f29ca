// Which steps a draft has, and what stands beside each.
import { expect, it } from 'vitest';
import { besideStep, sourceNamed, stepNamed, stepsOf } from './steps.ts';

it('asks for retrieval only where the form makes the suite', () => {
  expect(stepsOf('form')).toContain('retrieval');
  expect(stepsOf('suite')).not.toContain('retrieval');
  expect(stepsOf('text')).toEqual(['source', 'review']);
});

it('falls back to the first step', () => {
  expect(stepNamed('text', 'models')).toBe('source');
  expect(stepNamed('form', 'models')).toBe('models');
});

it('knows the neighbours', () => {
  expect(besideStep('suite', 'source')).toEqual({ before: undefined, after: 'models' });
  expect(besideStep('suite', 'review')).toEqual({ before: 'limits', after: undefined });
});

it('reads sources from the address', () => {
  expect(sourceNamed('form')).toBe('form');
  expect(sourceNamed('x')).toBeUndefined();
});
