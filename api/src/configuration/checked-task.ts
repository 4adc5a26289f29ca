// A task as it is given to be saved, checked by core as a file is: read, opened with its data, its first row tried, on a thread of its own.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { locate } from '@bancada/core';
import { homesWithLibrary, libraryOf } from '@bancada/prisma';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { Services } from '../context.ts';
import { ValidationError, type ValidationIssue } from '../schema/error.ts';
import { keyParts, textAt, withKey } from './renamed-yaml.ts';
import { requireSlug } from './slug.ts';
import { openTask, type TaskFault } from './task-opener.ts';

/** The YAML of a task, and a name that is put into it. */
export interface TaskGiven {
  readonly yaml: string;
  readonly name?: string | null | undefined;
}

/** A task that core accepts. */
export interface CheckedTask {
  readonly name: string;
  readonly yaml: string;
  readonly outputType: string;
  readonly dataset: string;
  readonly retrieves: boolean;
  readonly metrics: readonly string[];
  /** Faults that do not lie in the text: data that are not there yet. */
  readonly warnings: readonly ValidationIssue[];
}

/** @throws ValidationError with path and line of each fault. */
export async function checkedTask(services: Services, given: TaskGiven): Promise<CheckedTask> {
  const yaml = given.name ? withKey(given.yaml, 'task', given.name) : given.yaml;
  try {
    return await read(services, yaml, textAt(yaml, 'task') ?? given.name ?? 'task');
  } catch (thrown) {
    if (!(thrown instanceof ValidationError)) throw thrown;
    throw new ValidationError(thrown.issues.map((issue) => withLine(issue, yaml)));
  }
}

async function read(services: Services, yaml: string, name: string): Promise<CheckedTask> {
  requireSlug(name, 'task');
  requireOwnFiles(yaml);
  const scratch = await mkdtemp(path.join(tmpdir(), 'bancada-task-'));
  const file = path.join(scratch, 'tasks', `${name}.yaml`);
  try {
    await mkdir(path.dirname(file));
    await writeFile(file, yaml);
    const homes = [
      scratch,
      ...(await homesWithLibrary(services.homes, await libraryOf(services.pool, yaml))),
    ];
    const about = { name, yaml };
    const outcome = await openTask({ file, homes });
    if (outcome.status === 'opened') return { ...about, ...outcome.task, warnings: [] };
    const { outputType, dataset, missingData, faults } = outcome;
    const issues = faults.map((fault) => shownIssue(fault, file, `${name}.yaml`));
    if (!missingData) throw new ValidationError(issues);
    return { ...about, outputType, dataset, ...announced(yaml), warnings: issues };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function announced(yaml: string): { retrieves: boolean; metrics: string[] } {
  const document = parseDocument(yaml);
  const list = document.get('metric_list');
  const metrics = isSeq(list)
    ? list.items.flatMap((entry) => (isMap(entry) ? String(entry.get('metric') ?? '') : []))
    : [];
  return { retrieves: document.hasIn(['bancada', 'rag']), metrics: metrics.filter(Boolean) };
}

// A text that somebody sends must not name files of this machine.
function requireOwnFiles(yaml: string): void {
  const document = parseDocument(yaml, { logLevel: 'silent' });
  if (document.errors.length > 0 || !isMap(document.contents)) return;
  const { include, dataset_kwargs: kwargs } = document.toJS() as Record<string, unknown>;
  const wrong = [include ?? []].flat().find((name) => !/^[\w][\w.-]*\.ya?ml$/.test(String(name)));
  const issues: ValidationIssue[] = [];
  if (wrong !== undefined) {
    const message = `include: "${String(wrong)}" is no task here; allowed: the file name of another task, e.g. tiny-facts.yaml`;
    issues.push({ path: 'include', message, value: wrong });
  }
  for (const key of ['data_files', 'data_dir']) {
    if (typeof kwargs !== 'object' || kwargs === null || !(key in kwargs)) continue;
    const message = `dataset_kwargs.${key}: a saved task names a data set, not files; allowed: dataset_path: the name of a data set`;
    issues.push({ path: `dataset_kwargs.${key}`, message, value: (kwargs as Record<string, unknown>)[key] });
  }
  if (issues.length > 0) throw new ValidationError(issues);
}

// Faults that are found in the data know their key alone.
function withLine(issue: ValidationIssue, yaml: string): ValidationIssue {
  if (issue.line !== undefined || issue.path === '') return issue;
  return { ...issue, line: locate(yaml, keyParts(issue.path)) };
}

// The scratch file is nobody's business.
function shownIssue(fault: TaskFault, file: string, shown: string): ValidationIssue {
  const folder = path.dirname(path.dirname(file));
  const open = (text: string) =>
    text.replaceAll(file, shown).replaceAll(`${folder}/tasks, `, '').replaceAll(folder, '.');
  const { message, value } = fault;
  return { ...fault, message: open(message), value: typeof value === 'string' ? open(value) : value };
}
