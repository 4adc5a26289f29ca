// A task as it is given to be saved, checked by core as a file is: read, opened with its data, its first row tried.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BancadaError, listTasks, loadTask, locate, type Task } from '@bancada/core';
import { homesWithLibrary, libraryOf } from '@bancada/prisma';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { Services } from '../context.ts';
import { ValidationError, type ValidationIssue } from '../schema/error.ts';
import { keyParts, textAt, withKey } from './renamed-yaml.ts';
import { requireSlug } from './slug.ts';

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
    return await open(name, yaml, file, homes);
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    throw new ValidationError(issuesOf(thrown, file, `${name}.yaml`));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function open(
  name: string,
  yaml: string,
  file: string,
  homes: readonly string[],
): Promise<CheckedTask> {
  const entry = (await listTasks(homes)).find((one) => one.file === file);
  const outputType = entry?.outputType ?? 'generate_until';
  const about = { name, yaml, outputType, dataset: entry?.dataset ?? '' };
  try {
    const task = await loadTask({ task: file }, { homes, baseDirectory: path.dirname(file), seed: 0 });
    return { ...about, retrieves: task.retrieves, metrics: metricsOf(task), warnings: [] };
  } catch (thrown) {
    // Data can be imported later; everything else is the text's fault.
    if (!(thrown instanceof BancadaError) || !isMissingData(thrown)) throw thrown;
    return { ...about, ...announced(yaml), warnings: issuesOf(thrown, file, `${name}.yaml`) };
  }
}

function metricsOf({ metrics }: Task): string[] {
  return [...new Set(metrics.map(({ metric }) => metric))];
}

function isMissingData({ code, detail }: BancadaError): boolean {
  return code === 'DATASET_EMPTY' || (code === 'UNKNOWN_NAME' && detail.key === 'dataset_path');
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
function issuesOf(error: BancadaError, file: string, shown: string): readonly ValidationIssue[] {
  const folder = path.dirname(path.dirname(file));
  const open = (text: string) =>
    text.replaceAll(file, shown).replaceAll(`${folder}/tasks, `, '').replaceAll(folder, '.');
  return ValidationError.of(error).issues.map((issue) => ({
    ...issue,
    message: open(issue.message),
    value: typeof issue.value === 'string' ? open(issue.value) : issue.value,
  }));
}
