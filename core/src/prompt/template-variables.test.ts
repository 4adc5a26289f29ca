// The variables of a template are found without running it.
import { expect, test } from 'vitest';
import { templateVariables } from './template-variables.ts';

test.each([
  ['{% for c in contexts %}{{ loop.index }} {{ c.text }}{% endfor %}{{ prompt }}', ['contexts', 'prompt']],
  ['{{ a | default(b) | upper }} {{ x.y[z] }} {{ c is defined }}', ['a', 'b', 'x', 'z', 'c']],
  ['{% set t = title %}{{ t }}{% macro m(q, w=1) %}{{ q }}{{ e }}{% endmacro %}{{ m(1) }}', ['title', 'e']],
  ['{{ opção }} {% for k, v in pairs.items() %}{{ k }}{{ v }}{% endfor %}', ['opção', 'pairs']],
  ['{% for a in range(3) %}{{ "x" if d else none }}{% endfor %}', ['d']],
  ['nothing', []],
])('%s', (template, variables) => {
  expect(templateVariables(template)).toEqual(variables);
});

test('what does not parse is refused', () => {
  expect(() => templateVariables('{% for %}')).toThrow('does not parse');
});
