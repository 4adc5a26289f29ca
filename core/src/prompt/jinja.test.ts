// Templates render as Jinja2 under the evaluation harness, and stay within their bounds.
import { expect, test } from 'vitest';
import reference from '../../reference/task/templates.json' with { type: 'json' };
import { compileTemplate } from './jinja.ts';

test('the harness’s own templates render as jinja2 prints them', () => {
  const different = reference.cases.filter(
    ({ template, row, text }) => compileTemplate(template).render(row) !== text,
  );
  expect(different.map(({ template }) => template)).toEqual([]);
});

test.each([
  ['line ends are kept', 'a\n{% if true %}\nb\n{% endif %}\n', 'a\n\nb\n\n'],
  [
    'Python’s way of writing values',
    '{{ none }} {{ 1.5 }} {{ [true, "it\'s"] }} {{ {"a": 1} }}',
    "None 1.5 [True, \"it's\"] {'a': 1}",
  ],
  ['undefined is allowed where it is asked for', '{{ x is defined }} {{ x | default("y") }}', 'False y'],
  [
    'methods of strings and lists',
    '{{ ", ".join(["a", "b"]) }} {{ ["a", "b"].index("b") }} {{ "..a.".strip(".") }}',
    'a, b 1 a',
  ],
  ['regex_replace', '{{ "a1b22" | regex_replace("[0-9]+", "#") }}', 'a#b#'],
  ['names beyond ASCII', '{% set opção = "não" %}{{ opção }}', 'não'],
])('%s', (_, template, text) => {
  expect(compileTemplate(template).render({})).toBe(text);
});

test('a name that is not there is an error that suggests the nearest', () => {
  expect(() => compileTemplate('{{ questin }}').render({ question: 'x', answer: 'y' }, 'row 7')).toThrow(
    'row 7: "questin" is not there, did you mean "question"?; allowed: question, answer',
  );
});

const doubling = (start: string, step: string) =>
  `{% set n = namespace(v=${start}) %}{% for i in range(60) %}{% set n.v = ${step} %}{% endfor %}{{ n.v | length }}`;

test.each([
  ['constructors are out of reach', '{{ range.constructor("return process")() }}', 'range.constructor'],
  [
    'nested loops are stopped',
    '{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}',
    '1000 ms',
  ],
  [
    'nested loops that print nothing are stopped',
    '{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}',
    '1000 ms',
  ],
  [
    'expressions that take long are stopped together',
    '{% for a in range(99999) %}{{ ("a" ~ a) | regex_replace("(a|aa)*b", "") }}{{ range(99999) | list | length }}{% endfor %}',
    '1000 ms',
  ],
  ['ranges are bounded', '{{ range(1000000000) }}', 'range too big'],
  ['texts that double are stopped', doubling('"xxxxxxxx"', 'n.v ~ n.v'), 'longer than'],
  ['added texts that double are stopped', doubling('"xxxxxxxx"', 'n.v + n.v'), 'longer than'],
  ['lists that double are stopped', doubling('[1, 2, 3, 4]', 'n.v + n.v'), 'longer than'],
  ['a broken template does not compile', '{{ foo( }}', 'does not parse'],
])('security: templates: %s', (_, template, message) => {
  const started = performance.now();
  expect(() => compileTemplate(template, { lenient: true }).render({})).toThrow(message);
  expect(performance.now() - started).toBeLessThan(5_000);
});
