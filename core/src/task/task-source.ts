// A task file with its includes: read, checked, merged, each key known by the file that it came from.
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { BancadaError, BancadaErrors } from '../errors.ts';
import { checked, keyPath, locate, parseYaml, TaggedScalar, type YamlSource } from '../yaml.ts';
import { groupSchema, partialTaskSchema, pythonKeys, type TaskConfig, taskSchema } from './task-schema.ts';

/** A group's file. */
export interface GroupSource {
  readonly type: 'group';
  readonly name: string;
  readonly members: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly file: string;
}

/** A task's file. */
export interface TaskSource {
  readonly type: 'task';
  readonly name: string;
  readonly config: TaskConfig;
  readonly file: string;
  /** Where a key of the configuration stands, for faults found later. */
  place(key: keyof TaskConfig): YamlSource;
}

interface Layer {
  readonly keys: Readonly<Record<string, unknown>>;
  readonly faults: readonly PythonFault[];
  readonly source: YamlSource;
}

interface PythonFault {
  readonly path: readonly PropertyKey[];
  readonly value: string;
}

/**
 * Reads a task or a group. What it includes is looked for beside it, then among the tasks of the homes.
 * @throws BancadaError with file, line and key: YAML that does not parse, unknown keys (nearest suggested), wrong values, keys that need Python, includes that are missing or run in a circle.
 */
export async function readTaskFile(
  file: string,
  homes: readonly string[] = [],
): Promise<TaskSource | GroupSource> {
  const layers = await readLayers(file, [], homes);
  const merged: Record<string, unknown> = {};
  const origins = new Map<string, Layer>();
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer.keys)) {
      merged[key] = value;
      origins.set(key, layer);
    }
  }
  const top = layers.at(-1) as Layer;
  if ('group' in merged && typeof merged.task !== 'string') return groupSource(merged, top.source);
  refusePython(layers, origins);
  for (const layer of layers) checked(partialTaskSchema, layer.keys, layer.source);
  const config = checked(taskSchema, merged, top.source);
  return {
    type: 'task',
    name: config.task,
    config,
    file,
    place: (key) => origins.get(key)?.source ?? top.source,
  };
}

/** The layers of a file, what it includes first: later ones win. */
async function readLayers(
  file: string,
  chain: readonly string[],
  homes: readonly string[],
): Promise<Layer[]> {
  const real = await realpath(file).catch((cause) => {
    throw new BancadaError('FILE_NOT_FOUND', 'there is no such task file', { file, cause });
  });
  if (chain.includes(real))
    throw new BancadaError('INVALID_INPUT', 'includes itself', {
      file,
      key: 'include',
      value: chain.map((part) => path.basename(part)),
    });
  const text = await readFile(file, 'utf8');
  const parsed = parseYaml(text, file);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new BancadaError('FILE_INVALID', 'is no task: a mapping of keys is needed', { file, line: 1 });
  }
  const { include, ...own } = parsed as Record<string, unknown>;
  const layers: Layer[] = [];
  for (const name of includeNames(include, { file, text })) {
    const included = includedFile(name, file, homes);
    if (included === undefined) {
      const line = locate(text, ['include']);
      const fault = { file, line, key: 'include', value: name };
      throw new BancadaError('FILE_NOT_FOUND', 'there is no such task file', fault);
    }
    layers.push(...(await readLayers(included, [...chain, real], homes)));
  }
  const faults: PythonFault[] = [];
  const keys = withoutTags(own, [], faults) as Record<string, unknown>;
  return [...layers, { keys, faults, source: { file, text } }];
}

function includedFile(name: string, file: string, homes: readonly string[]): string | undefined {
  const beside = path.resolve(path.dirname(file), name);
  const candidates = [beside, ...homes.map((home) => path.resolve(home, 'tasks', name))];
  return candidates.find((candidate) => existsSync(candidate));
}

function includeNames(include: unknown, source: YamlSource): readonly string[] {
  return checked(partialTaskSchema, include === undefined || include === null ? {} : { include }, source)
    .include
    ? ([include].flat() as string[])
    : [];
}

/** Tagged values give way to their names and are noted as faults; keys without a value count as left out. */
function withoutTags(value: unknown, at: readonly PropertyKey[], faults: PythonFault[]): unknown {
  if (value instanceof TaggedScalar) {
    faults.push({ path: at, value: `${value.tag} ${value.value}` });
    return `${value.tag} ${value.value}`;
  }
  if (Array.isArray(value)) return value.map((entry, index) => withoutTags(entry, [...at, index], faults));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => at.length > 0 || entry !== null);
  return Object.fromEntries(entries.map(([key, entry]) => [key, withoutTags(entry, [...at, key], faults)]));
}

/** What a later layer replaced does no harm. */
function refusePython(layers: readonly Layer[], origins: ReadonlyMap<string, Layer>): void {
  const errors = layers.flatMap((layer) => {
    const named = Object.keys(layer.keys).filter(
      (key) => pythonKeys.includes(key) && !layer.faults.some((fault) => fault.path[0] === key),
    );
    const faults = [
      ...layer.faults,
      ...named.map((key) => ({ path: [key], value: String(layer.keys[key]) })),
    ];
    return faults
      .filter((fault) => origins.get(String(fault.path[0])) === layer)
      .map((fault) => needsPython(fault, layer.source));
  });
  if (errors.length > 1) throw new BancadaErrors(errors);
  if (errors[0]) throw errors[0];
}

function needsPython({ path: at, value }: PythonFault, { file, text }: YamlSource): BancadaError {
  return new BancadaError('INVALID_INPUT', 'needs Python, which task files cannot run here', {
    file,
    line: text === undefined ? undefined : locate(text, at),
    key: keyPath(at),
    value,
    hint: 'Write it as a Jinja template, or prepare the data before',
  });
}

function groupSource(merged: Record<string, unknown>, source: YamlSource): GroupSource {
  const { group, task } = checked(groupSchema, merged, source);
  return { type: 'group', name: group, members: typeof task === 'string' ? [task] : task, file: source.file };
}
