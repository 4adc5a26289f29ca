// What a parsed template holds: the variables it reads, where it prints, and where it may meet what is not defined.
import type { Node } from './jinja-engine.ts';

/** What {@link inspect} finds. */
export interface TemplateFacts {
  /** Every name that is read; loop and local variables among them. */
  readonly names: ReadonlySet<string>;
  /** Expressions whose value is printed. */
  readonly printed: ReadonlySet<object>;
  /** Operands of `is defined` and `default`, which may be undefined. */
  readonly tolerant: ReadonlySet<object>;
}

const statements = new Set([
  'Program',
  'If',
  'For',
  'Set',
  'Macro',
  'CallStatement',
  'FilterStatement',
  'Break',
  'Continue',
  'Comment',
]);
const bodies = ['body', 'alternate', 'defaultBlock'];

/** Walks a parsed template once. */
export function inspect(program: Node): TemplateFacts {
  const facts = { names: new Set<string>(), printed: new Set<object>(), tolerant: new Set<object>() };
  visit(program, facts);
  return facts;
}

interface Findings {
  readonly names: Set<string>;
  readonly printed: Set<object>;
  readonly tolerant: Set<object>;
}

function visit(value: unknown, facts: Findings): void {
  if (Array.isArray(value)) {
    for (const entry of value) visit(entry, facts);
  } else if (value instanceof Map) {
    for (const [key, entry] of value) visit([key, entry], facts);
  } else if (typeof value === 'object' && value !== null && 'type' in value) {
    visitNode(value as Node, facts);
  }
}

function visitNode(node: Node, facts: Findings): void {
  if (node.type === 'Identifier') facts.names.add(String(node.value));
  if (node.operand && toleratesUndefined(node)) facts.tolerant.add(node.operand);
  for (const [key, part] of Object.entries(node)) {
    if (bodies.includes(key) && Array.isArray(part)) markPrinted(part as Node[], facts);
    if (key !== 'type') visit(part, facts);
  }
}

function markPrinted(body: readonly Node[], facts: Findings): void {
  for (const node of body) if (!statements.has(node.type)) facts.printed.add(node);
}

function toleratesUndefined(node: Node): boolean {
  if (node.type === 'TestExpression') return ['defined', 'undefined'].includes(String(node.test?.value));
  return node.type === 'FilterExpression' && ['default', 'd'].includes(filterName(node));
}

/** The name of a filter expression's filter, called with arguments or without. */
export function filterName({ filter }: Node): string {
  return String(filter?.type === 'CallExpression' ? filter.callee?.value : filter?.value);
}
