// Tasks and prompts that were saved here, and versions of data sets, as a run keeps them: from the database to a folder in which core looks names up like in any home.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { query, type Sql } from './sql.ts';

/** Texts by name. A prompt may also stand under `name@label` or `name@version`. */
export interface Library {
  readonly tasks: Readonly<Record<string, string>>;
  readonly prompts: Readonly<Record<string, string>>;
  /** Versions of data sets that the run reads, by name; without those that keep no versions. */
  readonly datasets?: Readonly<Record<string, number>> | undefined;
}

type LibraryKind = 'tasks' | 'prompts';

interface Saved {
  readonly kind: LibraryKind;
  readonly name: string;
  readonly yaml: string;
}

interface VersionRow {
  readonly name: string;
  readonly version: number;
  readonly labels: readonly string[];
  readonly yaml: string;
}

/**
 * What was saved here and a suite or task with this text may use, itself or through what it uses, in the newest version.
 * Undefined when that is nothing. Too much rather than too little: a name counts as used where its letters stand.
 */
export async function libraryOf(sql: Sql, text: string): Promise<Library | undefined> {
  const waiting = await savedTexts(sql);
  const used: Saved[] = [];
  const texts = [text];
  for (;;) {
    const all = texts.join('\n');
    const found = waiting.findIndex(
      ({ kind, name, yaml }) => all.includes(name) || (kind === 'tasks' && /^["']?tag["']?\s*:/m.test(yaml)),
    );
    const [entry] = found < 0 ? [] : waiting.splice(found, 1);
    if (entry === undefined) break;
    used.push(entry);
    texts.push(entry.yaml);
  }
  used.push(...(await namedVersions(sql, texts.join('\n'))));
  if (used.length === 0) return undefined;
  const of = (kind: LibraryKind) =>
    Object.fromEntries(used.filter((entry) => entry.kind === kind).map(({ name, yaml }) => [name, yaml]));
  return { tasks: of('tasks'), prompts: of('prompts') };
}

/** The library with a task that nobody saved, in front of what has its name. */
export function withTask(library: Library | undefined, name: string, yaml: string): Library {
  return { prompts: {}, ...library, tasks: { ...library?.tasks, [name]: yaml } };
}

/** The library with more versions of data sets; as it was when there are none. */
export function withDatasets(
  library: Library | undefined,
  datasets: Readonly<Record<string, number>>,
): Library | undefined {
  if (Object.keys(datasets).length === 0) return library;
  return { tasks: {}, prompts: {}, ...library, datasets: { ...library?.datasets, ...datasets } };
}

/** The newest version of each task and prompt, where it is one that was saved here. */
async function savedTexts(sql: Sql): Promise<Saved[]> {
  return query<Saved>(
    sql,
    `select 'tasks' as kind, name, yaml from "Task" join lateral (select yaml, saved from "TaskVersion"
       where "taskId" = "Task".id order by version desc limit 1) newest on saved
     union all
     select 'prompts', name, yaml from "Prompt" join lateral (select yaml, saved from "PromptVersion"
       where "promptId" = "Prompt".id order by version desc limit 1) newest on saved
     order by 1, 2`,
    [],
  );
}

/** Versions that the text names as `name@label` or `name@version`. */
async function namedVersions(sql: Sql, text: string): Promise<Saved[]> {
  const references = new Map<string, { name: string; wanted: string }>();
  for (const [reference, name = '', wanted = ''] of text.matchAll(/([\w.-]+)@([\w.-]+)/g))
    references.set(reference, { name, wanted });
  if (references.size === 0) return [];
  const rows = await query<VersionRow>(
    sql,
    `select name, version, labels, yaml from "Prompt" join "PromptVersion" on "promptId" = "Prompt".id where name = any ($1::text[])`,
    [[...new Set([...references.values()].map(({ name }) => name))]],
  );
  return [...references].flatMap(([reference, { name, wanted }]) => {
    const row = rows.find(
      (one) => one.name === name && (String(one.version) === wanted || one.labels.includes(wanted)),
    );
    return row === undefined ? [] : [{ kind: 'prompts' as const, name: reference, yaml: row.yaml }];
  });
}

/**
 * The homes with the library in front. It is written to `library/<hash>/` under the first home, unless it is there already:
 * the same texts are the same folder, so nothing in it ever changes.
 */
export async function homesWithLibrary(
  homes: readonly string[],
  library: Library | null | undefined,
): Promise<readonly string[]> {
  if (library === null || library === undefined) return homes;
  const files = (['tasks', 'prompts'] as const).flatMap((kind) =>
    Object.entries(library[kind])
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, text]) => ({ file: path.join(kind, `${name}.yaml`), text })),
  );
  if (files.length === 0) return homes;
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 32);
  const parent = path.join(homes[0] ?? '.', 'library');
  const folder = path.join(parent, hash);
  const now = new Date();
  const known = await utimes(folder, now, now).then(
    () => true,
    () => false,
  );
  if (!known) await writeWhole(parent, folder, files);
  return [folder, ...homes];
}

// Renamed into place: whoever looks sees all of it or nothing.
async function writeWhole(
  parent: string,
  folder: string,
  files: readonly { readonly file: string; readonly text: string }[],
): Promise<void> {
  const half = path.join(parent, `half-${randomUUID()}`);
  for (const kind of ['tasks', 'prompts']) await mkdir(path.join(half, kind), { recursive: true });
  for (const { file, text } of files) await writeFile(path.join(half, file), text);
  try {
    await rename(half, folder);
  } catch (thrown) {
    await rm(half, { recursive: true, force: true });
    // Another process was faster.
    const there = await utimes(folder, new Date(), new Date()).then(
      () => true,
      () => false,
    );
    if (!there) throw thrown;
  }
}
