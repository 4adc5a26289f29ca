// The variables that a template wants to be given: names that it reads and does not set itself.

import { compileTemplate } from './jinja.ts';
import { type Node, parse, tokenize } from './jinja-engine.ts';
import { hideNames, shownName } from './jinja-name.ts';

/** What templates know without being told. */
const known = new Set([
  'true',
  'false',
  'none',
  'True',
  'False',
  'None',
  'range',
  'loop',
  'namespace',
  'caller',
  'raise_exception',
  'strftime_now',
]);

/**
 * The variables in the order in which they are first read. Nothing of the template is run.
 * @throws BancadaError TEMPLATE_FAILED when it does not parse.
 */
export function templateVariables(source: string): string[] {
  compileTemplate(source);
  const found = { read: new Set<string>(), set: new Set<string>() };
  visit(parse(tokenize(hideNames(source), { trim_blocks: false, lstrip_blocks: false })), found);
  return [...found.read].filter((name) => !found.set.has(name) && !known.has(name)).map(shownName);
}

interface Names {
  readonly read: Set<string>;
  readonly set: Set<string>;
}

// Parts of a node that hold names of other things than variables: attributes, filters, tests, keywords.
const otherNames: Readonly<Record<string, readonly string[]>> = {
  MemberExpression: ['property'],
  FilterExpression: ['filter'],
  FilterStatement: ['filter'],
  TestExpression: ['test'],
  KeywordArgumentExpression: ['key'],
};

// Parts that give a name its value.
const setting: Readonly<Record<string, readonly string[]>> = {
  For: ['loopvar'],
  Set: ['assignee'],
  Macro: ['name', 'args'],
  CallStatement: ['callerArgs'],
};

function visit(value: unknown, names: Names, sets = false): void {
  if (Array.isArray(value)) for (const entry of value) visit(entry, names, sets);
  else if (value instanceof Map) for (const pair of value) visit(pair, names, sets);
  else if (typeof value === 'object' && value !== null && 'type' in value)
    visitNode(value as Node, names, sets);
}

function visitNode(node: Node, names: Names, sets: boolean): void {
  if (node.type === 'Identifier') {
    (sets ? names.set : names.read).add(String(node.value));
    return;
  }
  const skipped = node.type === 'MemberExpression' && node.computed ? [] : (otherNames[node.type] ?? []);
  for (const [key, part] of Object.entries(node)) {
    if (key === 'type') continue;
    if (skipped.includes(key)) visitArguments(part, names);
    else visit(part, names, setting[node.type]?.includes(key) ?? (sets && node.type === 'TupleLiteral'));
  }
}

// A filter that is called (`default(x)`) has a name and arguments.
function visitArguments(part: unknown, names: Names): void {
  const { type, args } = part as Node;
  if (type === 'CallExpression') visit(args, names);
}
