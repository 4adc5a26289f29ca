// YAML files: parsed as PyYAML does, checked against a schema, faults named by file, line and key.
import yaml from 'js-yaml';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { ZodType } from 'zod';
import { BancadaError, BancadaErrors, toError } from './errors.ts';
import { type Fault, faultsOf } from './schema-fault.ts';

/** A scalar with a tag of its own, e.g. `!function utils.process_docs`; its meaning is the reader's business. */
export class TaggedScalar {
  /** With the exclamation mark. */
  readonly tag: string;
  readonly value: string;

  constructor(tag: string, value: string) {
    this.tag = tag;
    this.value = value;
  }
}

/** Where a value was read, so that a fault in it can be shown. */
export interface YamlSource {
  /** As the user named it. */
  readonly file: string;
  /** The YAML itself; without it faults carry no line. */
  readonly text?: string | undefined;
  /** Path of the checked value, when it is a part of the file. */
  readonly at?: readonly PropertyKey[] | undefined;
}

const schema = yaml.CORE_SCHEMA.extend({
  implicit: [new yaml.Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (data) => data === '<<' })],
  explicit: [
    new yaml.Type('!', {
      kind: 'scalar',
      multi: true,
      construct: (value: unknown, tag?: string) => new TaggedScalar(tag ?? '!', String(value ?? '')),
    }),
  ],
});

/** How strictly to read. */
export interface YamlOptions {
  /** Refuses doubled keys instead of letting the last one win. */
  readonly uniqueKeys?: boolean | undefined;
}

/**
 * Parses one YAML document. Doubled keys: the last one wins, as in PyYAML. An empty file is null.
 * @throws BancadaError FILE_INVALID with line and column.
 */
export function parseYaml(text: string, file: string, options: YamlOptions = {}): unknown {
  try {
    return yaml.load(text, { json: !options.uniqueKeys, schema, filename: file }) ?? null;
  } catch (thrown) {
    throw syntaxError(thrown, file);
  }
}

/** 1-based line of the key or list entry at this path, else of the nearest part that exists; undefined when the text has no such node. */
export function locate(text: string, path: readonly PropertyKey[]): number | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    logLevel: 'silent',
    merge: true,
  });
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const part of path) {
    const step = descend(node, part);
    if (step === undefined) break;
    offset = step.offset ?? offset;
    node = step.node;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

/**
 * The value as the schema gives it.
 * @throws BancadaError INVALID_INPUT, or BancadaErrors when there are several faults: file, line, key, value, what is allowed, and for an unknown key the nearest known one.
 */
export function checked<T>(schemaOfValue: ZodType<T>, value: unknown, source: YamlSource): T {
  const result = schemaOfValue.safeParse(value);
  if (result.success) return result.data;
  const errors = faultsOf(schemaOfValue, value, result.error.issues).map((fault) =>
    toBancadaError(fault, source),
  );
  throw errors.length === 1 && errors[0] ? errors[0] : new BancadaErrors(errors);
}

/** `tasks[1].num_fewshot` for the path `['tasks', 1, 'num_fewshot']`. */
export function keyPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
}

function syntaxError(thrown: unknown, file: string): Error {
  if (!(thrown instanceof yaml.YAMLException)) return toError(thrown);
  const { mark, reason } = thrown as yaml.YAMLException & { mark?: { line: number; column: number } };
  const column = mark ? `, column ${mark.column + 1}` : '';
  const line = mark && mark.line + 1;
  return new BancadaError('FILE_INVALID', `is not valid YAML: ${reason}${column}`, {
    file,
    line,
    cause: thrown,
  });
}

function toBancadaError(fault: Fault, { file, text, at = [] }: YamlSource): BancadaError {
  const path = [...at, ...fault.path];
  return new BancadaError('INVALID_INPUT', fault.summary, {
    file,
    line: text === undefined ? undefined : locate(text, path),
    key: keyPath(path) || undefined,
    value: fault.value,
    allowed: fault.allowed,
  });
}

function descend(
  node: unknown,
  part: PropertyKey,
): { node: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair && { node: pair.value, offset: startOf(pair.key) };
  }
  if (isSeq(node) && typeof part === 'number') {
    const item = node.items[part];
    return item === undefined ? undefined : { node: item, offset: startOf(item) };
  }
  return undefined;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}
