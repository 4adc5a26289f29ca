// What would miss a prompt or a task that is deleted: suites and tasks that name it in their newest version.
import { query, type Sql } from '@bancada/prisma';
import { parseDocument } from 'yaml';

interface Text {
  readonly kind: 'task' | 'suite';
  readonly name: string;
  readonly yaml: string;
}

/** One word for each, e.g. `suite nightly`. */
export async function dependentsOf(sql: Sql, kind: 'prompt' | 'task', name: string): Promise<string[]> {
  const texts = await query<Text>(
    sql,
    `select 'task' as kind, name, yaml from "Task" join lateral (select yaml from "TaskVersion"
       where "taskId" = "Task".id order by version desc limit 1) newest on true where strpos(yaml, $1::text) > 0
     union all select 'suite', name, yaml from "Suite" join lateral (select yaml from "SuiteVersion"
       where "suiteId" = "Suite".id order by version desc limit 1) newest on true where strpos(yaml, $1::text) > 0
     order by 1, 2`,
    [name],
  );
  const names = kind === 'prompt' ? promptsIn : tasksIn;
  return texts
    .filter((text) => !(text.kind === kind && text.name === name))
    .filter((text) => names(parsed(text.yaml)).includes(name))
    .map((text) => `${text.kind} ${text.name}`);
}

function parsed(yaml: string): unknown {
  const document = parseDocument(yaml, { logLevel: 'silent', uniqueKeys: false });
  return document.errors.length > 0 ? undefined : document.toJS();
}

/** Values of every `prompt` (a suite's `rag[]`, its matrix, a task's `bancada.rag`), without label or version. */
function promptsIn(value: unknown): string[] {
  return stringsUnder(value, ['prompt', 'rag.prompt']).map((reference) => reference.split('@')[0] ?? '');
}

/** A suite's tasks, and what a task includes. */
function tasksIn(value: unknown): string[] {
  return [
    ...stringsUnder(value, ['tasks', 'task']),
    ...stringsUnder(value, ['include']).map((file) => file.replace(/\.ya?ml$/, '')),
  ];
}

function stringsUnder(value: unknown, keys: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => stringsUnder(entry, keys));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const own = keys.includes(key) ? [part].flat().filter((entry) => typeof entry === 'string') : [];
    return [...own, ...stringsUnder(part, keys)];
  });
}
