// The form reads and writes single fields of a suite's YAML.
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { suiteForm, withField, withToggled } from './suite-form.ts';

const text = `name: mine
models: [a, {provider: scripted, name: b}]
tasks: [t, {task: u, num_fewshot: 2}]
limit: 20
rag: [{name: r, corpus: c}]
`;

it('shows what it can and keeps what it cannot', () => {
  expect(suiteForm(text)).toMatchObject({
    name: 'mine',
    models: ['a'],
    otherModels: ['b'],
    tasks: ['t'],
    otherTasks: ['u'],
    limit: '20',
    temperature: '',
  });
  const changed = withToggled(
    withField(withField(text, ['limit'], ''), ['generation', 'temperature'], '0.5'),
    'models',
    'c',
  );
  expect(load(changed)).toEqual({
    name: 'mine',
    models: ['a', { provider: 'scripted', name: 'b' }, 'c'],
    tasks: ['t', { task: 'u', num_fewshot: 2 }],
    rag: [{ name: 'r', corpus: 'c' }],
    generation: { temperature: 0.5 },
  });
  expect(load(withToggled(changed, 'models', 'a'))).toMatchObject({ models: [{ name: 'b' }, 'c'] });
  expect(load(withField(changed, ['generation', 'temperature'], ''))).not.toHaveProperty('generation');
});

it('is not there while the YAML is broken', () => {
  expect(suiteForm('name: [')).toBeUndefined();
  expect(withField('name: [', ['limit'], '3')).toBe('name: [');
});
