// A suite file: read, checked, and narrowed to what was asked for.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BancadaError, BancadaErrors, unknownName } from '../errors.ts';
import { checked, keyPath, locate, parseYaml } from '../yaml.ts';
import { type SuiteDefinition, type SuiteModel, type SuiteTask, suiteSchema } from './suite-schema.ts';

/** Where names are looked up, and what to leave out of a suite. */
export interface SuiteContext {
  /** Searched in order for `suites/<name>.yaml` when no file has the given name. */
  readonly homes: readonly string[];
  /** At most so many items of each task; the suite's own limit holds when it is lower. */
  readonly limit?: number | undefined;
  /** Only these models. */
  readonly models?: readonly string[] | undefined;
  /** Only these tasks. */
  readonly tasks?: readonly string[] | undefined;
}

/** A checked suite. */
export interface Suite {
  /** As the user named it. */
  readonly file: string;
  /** Folder against which its paths are resolved. */
  readonly baseDirectory: string;
  /** The file as it stands, for places in errors and for the snapshot. */
  readonly text: string;
  readonly definition: SuiteDefinition;
}

/**
 * Reads a suite by the path of its file, or by its name in one of the homes.
 * @throws BancadaError FILE_NOT_FOUND, FILE_INVALID, INVALID_INPUT, DUPLICATE_NAME, UNKNOWN_NAME; BancadaErrors when there are several.
 */
export async function loadSuite(nameOrFile: string, context: SuiteContext): Promise<Suite> {
  const candidates = [
    nameOrFile,
    ...context.homes.map((home) => path.join(home, 'suites', `${path.basename(nameOrFile)}.yaml`)),
  ];
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new BancadaError('FILE_NOT_FOUND', 'there is no such suite', {
      file: nameOrFile,
      hint: `Looked for ${candidates.join(', ')}`,
    });
  }
  return parseSuite(await readFile(file, 'utf8'), file, context);
}

/** Checks the text of a suite file. @throws as {@link loadSuite}. */
export function parseSuite(text: string, file: string, context: SuiteContext): Suite {
  const definition = checked(suiteSchema, parseYaml(text, file), { file, text });
  const faults = [
    ...duplicates('models', definition.models.map(modelLabel)),
    ...duplicates('tasks', definition.tasks.map(taskLabel)),
    ...duplicates(
      'rag',
      definition.rag.map((variant) => variant.name),
    ),
    ...gateFaults(definition),
  ].map(({ keys, code, summary, allowed, value }) => {
    return new BancadaError(code, summary, {
      file,
      line: locate(text, keys),
      key: keyPath(keys),
      value,
      allowed,
    });
  });
  if (faults.length > 1) throw new BancadaErrors(faults);
  if (faults[0]) throw faults[0];
  return {
    file,
    baseDirectory: path.dirname(path.resolve(file)),
    text,
    definition: narrow(definition, context),
  };
}

/** The name under which a model of a suite is filtered and gated. */
export function modelLabel(model: SuiteModel): string {
  if (typeof model === 'string') return model;
  return model.name ?? (typeof model.model === 'string' ? model.model : model.provider);
}

/** The name of a task as the suite gives it. */
export function taskLabel(task: SuiteTask): string {
  return typeof task === 'string' ? task : task.task;
}

interface SuiteFault {
  readonly keys: readonly PropertyKey[];
  readonly code: 'DUPLICATE_NAME' | 'INVALID_INPUT';
  readonly summary: string;
  readonly value?: unknown;
  readonly allowed?: string;
}

function duplicates(list: string, names: readonly string[]): SuiteFault[] {
  return names.flatMap((name, position) => {
    const first = names.indexOf(name);
    if (first === position) return [];
    const summary = `"${name}" stands here twice (first as ${list}[${first}])`;
    return [{ keys: [list, position], code: 'DUPLICATE_NAME' as const, summary, allowed: 'each name once' }];
  });
}

function gateFaults({ gates }: SuiteDefinition): SuiteFault[] {
  return gates.flatMap((gate, position) => {
    const keys = ['gates', position];
    if (gate.baseline === undefined && (gate.max_regression ?? gate.max_drop) !== undefined) {
      const summary = 'this gate compares with nothing';
      return [{ keys, code: 'INVALID_INPUT' as const, summary, allowed: 'a baseline, e.g. last-success' }];
    }
    if (gate.min === undefined && gate.max === undefined && gate.baseline === undefined) {
      const summary = 'this gate promises nothing';
      return [{ keys, code: 'INVALID_INPUT' as const, summary, allowed: 'min, max or a baseline' }];
    }
    if (gate.min !== undefined && gate.max !== undefined && gate.min > gate.max) {
      const allowed = `min at most ${gate.max}`;
      return [
        { keys, code: 'INVALID_INPUT' as const, summary: 'min is above max', value: gate.min, allowed },
      ];
    }
    return [];
  });
}

function narrow(definition: SuiteDefinition, context: SuiteContext): SuiteDefinition {
  const models = chosen('model', definition.models, modelLabel, context.models);
  const tasks = chosen('task', definition.tasks, taskLabel, context.tasks);
  const limits = [definition.limit, context.limit].filter((limit) => limit !== undefined);
  // What was left out cannot be promised anything; a gate on a wrong name is the plan's to find.
  const left = new Set([
    ...definition.models.filter((model) => !models.includes(model)).map(modelLabel),
    ...definition.tasks.filter((task) => !tasks.includes(task)).map(taskLabel),
  ]);
  const gates = definition.gates.filter((gate) => !left.has(gate.model) && !left.has(gate.task));
  return { ...definition, models, tasks, gates, limit: limits.length > 0 ? Math.min(...limits) : undefined };
}

function chosen<Entry>(
  what: string,
  entries: Entry[],
  label: (entry: Entry) => string,
  names: readonly string[] | undefined,
): Entry[] {
  if (names === undefined) return entries;
  const known = entries.map(label);
  for (const name of names) {
    if (!known.includes(name)) throw unknownName(`${what} of this suite`, name, known, { key: `--${what}` });
  }
  return entries.filter((entry) => names.includes(label(entry)));
}
