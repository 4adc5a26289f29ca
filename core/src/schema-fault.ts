// What a schema has against a value, in plain words: where, what was given, what is allowed.
import { z } from 'zod';
import { nearestName } from './errors.ts';

/** One fault of a value. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly summary: string;
  /** Undefined when the value is missing or too large to print. */
  readonly value: unknown;
  readonly allowed?: readonly string[] | string | undefined;
}

type Issue = z.core.$ZodIssue;
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The faults behind zod's issues, one each; an unknown key lists the known ones and names the nearest. */
export function faultsOf(schema: z.ZodType, value: unknown, issues: readonly Issue[]): Fault[] {
  return issues.flatMap((issue) => describe(schema, value, issue, []));
}

function describe(schema: z.ZodType, root: unknown, issue: Issue, base: readonly PropertyKey[]): Fault[] {
  const path = [...base, ...issue.path];
  const value = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(schema, root, path, key));
    case 'invalid_union':
      return describeUnion(schema, root, issue, path, value);
    case 'invalid_type':
      return [
        value === undefined
          ? { path, summary: `${quoted(path)} is missing`, value, allowed: issue.expected }
          : { path, summary: 'wrong type', value, allowed: issue.expected },
      ];
    case 'invalid_value':
      return [invalidValue(path, value, issue.values.map(String))];
    case 'too_small':
      return [{ path, summary: 'too small', value, allowed: bound('at least', issue.minimum, issue.origin) }];
    case 'too_big':
      return [{ path, summary: 'too large', value, allowed: bound('at most', issue.maximum, issue.origin) }];
    default:
      return [{ path, summary: issue.message, value }];
  }
}

function invalidValue(path: readonly PropertyKey[], value: unknown, allowed: readonly string[]): Fault {
  const nearest = typeof value === 'string' ? nearestName(value, allowed) : undefined;
  const summary = value === undefined ? `${quoted(path)} is missing` : 'unknown value';
  return { path, summary: nearest ? `${summary}, did you mean "${nearest}"?` : summary, value, allowed };
}

function unknownKey(schema: z.ZodType, root: unknown, path: readonly PropertyKey[], key: string): Fault {
  const known = keysAt(schema, root, path);
  const nearest = nearestName(key, known);
  const summary = `unknown key "${key}"${nearest ? `, did you mean "${nearest}"?` : ''}`;
  return { path: [...path, key], summary, value: undefined, allowed: known };
}

/** Of a union's branches the one that came furthest speaks; branches that wanted another type altogether are only named. */
function describeUnion(
  schema: z.ZodType,
  root: unknown,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: readonly PropertyKey[],
  value: unknown,
): Fault[] {
  if ('options' in issue && issue.options) return [invalidValue(path, value, issue.options.map(String))];
  const branches = issue.errors as readonly (readonly Issue[])[];
  const near = branches.filter(
    (branch) => !branch.some((fault) => fault.path.length === 0 && fault.code === 'invalid_type'),
  );
  const [best] = near.toSorted((a, b) => a.length - b.length);
  if (value !== undefined && best) return best.flatMap((fault) => describe(schema, root, fault, path));
  const types = branches.flat().flatMap((fault) => (fault.code === 'invalid_type' ? [fault.expected] : []));
  const summary = value === undefined ? `${quoted(path)} is missing` : 'wrong type';
  return [{ path, summary, value, allowed: [...new Set(types)].join(' or ') || issue.message }];
}

function bound(comparison: string, limit: number | bigint, origin: string): string {
  if (origin === 'string') return `${comparison} ${limit} characters`;
  return origin === 'array' ? `${comparison} ${limit} entries` : `${comparison} ${limit}`;
}

function quoted(path: readonly PropertyKey[]): string {
  return path.length ? `"${String(path.at(-1))}"` : 'the value';
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** The keys that the schema knows at a path, read off its JSON Schema; of a union told apart by a name, those of the named branch. */
function keysAt(schema: z.ZodType, root: unknown, path: readonly PropertyKey[]): string[] {
  const top = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  }) as JsonSchema;
  let nodes = alternatives(top, root);
  for (const [index, part] of path.entries()) {
    const value = valueAt(root, path.slice(0, index + 1));
    nodes = nodes.flatMap((node) => child(node, part)).flatMap((node) => alternatives(node, value));
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

function alternatives(node: JsonSchema, value: unknown): JsonSchema[] {
  const inner = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])] as JsonSchema[];
  const meant = inner.filter((branch) => !hasOtherName(branch, value));
  return [node, ...meant.flatMap((branch) => alternatives(branch, value))];
}

/** Whether a constant of the branch differs from what the value has there. */
function hasOtherName({ properties = {} }: JsonSchema, value: unknown): boolean {
  return Object.entries(properties).some(([key, property]) => {
    if (typeof property !== 'object' || property.const === undefined) return false;
    return property.const !== valueAt(value, [key]);
  });
}

function child(node: JsonSchema, part: PropertyKey): JsonSchema[] {
  const entry =
    typeof part === 'number' ? node.items : (node.properties?.[String(part)] ?? node.additionalProperties);
  return typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? [entry as JsonSchema] : [];
}
