// The form reads and writes single fields of a suite's YAML.
import { expect, it } from 'vitest';
import { parse } from 'yaml';
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
  expect(parse(changed)).toEqual({
    name: 'mine',
    models: ['a', { provider: 'scripted', name: 'b' }, 'c'],
    tasks: ['t', { task: 'u', num_fewshot: 2 }],
    rag: [{ name: 'r', corpus: 'c' }],
    generation: { temperature: 0.5 },
  });
  expect(parse(withToggled(changed, 'models', 'a'))).toMatchObject({ models: [{ name: 'b' }, 'c'] });
  expect(parse(withField(changed, ['generation', 'temperature'], ''))).not.toHaveProperty('generation');
});

it('leaves comments, order and quotes as they were written', () => {
  const commented = `# Every night.
tasks:
- t   # the small one
# slow:
- {task: u, num_fewshot: 2}

name: 'mine' # as the schedule names it
models: [a, b]
limit: 20 # enough
`;
  const changed = withToggled(
    withToggled(withField(withField(commented, ['limit'], '50'), ['seed'], '7'), 'tasks', 'v'),
    'models',
    'a',
  );
  expect(changed).toBe(`# Every night.
tasks:
- t # the small one
# slow:
- {task: u, num_fewshot: 2}
- v

name: 'mine' # as the schedule names it
models: [b]
limit: 50 # enough
seed: 7
`);
});

it('begins with nothing', () => {
  expect(parse(withToggled(withField('', ['generation', 'temperature'], '0'), 'models', 'a'))).toEqual({
    generation: { temperature: 0 },
    models: ['a'],
  });
});

it('is not there while the YAML is broken', () => {
  expect(suiteForm('name: [')).toBeUndefined();
  expect(withField('name: [', ['limit'], '3')).toBe('name: [');
});
