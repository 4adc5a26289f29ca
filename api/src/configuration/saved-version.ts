// Saves a text as a new version: once for a key, once for a content, never over what comes with the program.
import { createHash, randomUUIDv7 } from 'node:crypto';
import { query } from '@bancada/prisma';
import type { Pool, PoolClient } from 'pg';
import { ConflictError } from '../schema/error.ts';

const kinds = {
  prompt: { table: 'Prompt', versions: 'PromptVersion', parent: 'promptId' },
  task: { table: 'Task', versions: 'TaskVersion', parent: 'taskId' },
  suite: { table: 'Suite', versions: 'SuiteVersion', parent: 'suiteId' },
} as const;

/** What can be saved. */
type SavedKind = keyof typeof kinds;

/** What is saved. */
export interface NewVersion {
  readonly kind: SavedKind;
  readonly name: string;
  /** The text, when it becomes this version. */
  readonly yaml: (version: number) => string;
  /** Further columns of the version, beside the text. */
  readonly columns: Readonly<Record<string, unknown>>;
  /** Columns of the thing itself that follow its newest version. */
  readonly about?: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string | undefined;
}

/** What became of it. */
export interface SavedVersion {
  /** Of the prompt, task or suite. */
  readonly id: string;
  readonly versionId: string;
  readonly version: number;
  /** The newest version has this text already: nothing was written. */
  readonly unchanged: boolean;
}

interface VersionRow {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
  readonly parent: string;
}

/** @throws ConflictError for a name that comes with the program, and for a key that saved another text. */
export async function saveVersion(pool: Pool, given: NewVersion): Promise<SavedVersion> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `${given.kind}/${given.name}`,
    ]);
    const saved = await save(client, given);
    await client.query('commit');
    return saved;
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    throw thrown;
  } finally {
    client.release();
  }
}

async function save(client: PoolClient, given: NewVersion): Promise<SavedVersion> {
  const { table, versions, parent } = kinds[given.kind];
  const known = await versionOfKey(client, given);
  if (known) return known;
  const [owner] = await query<{ id: string; bundled: boolean }>(
    client,
    `select id, bundled from "${table}" where name = $1`,
    [given.name],
  );
  if (owner?.bundled) {
    throw new ConflictError(
      `the ${given.kind} "${given.name}" comes with the program and stays as it is: save yours under another name`,
    );
  }
  const [newest] = await query<VersionRow>(
    client,
    `select id, version, sha256, "${parent}" as parent from "${versions}" where "${parent}" = $1 order by version desc limit 1`,
    [owner?.id ?? null],
  );
  if (newest && sha256(given.yaml(newest.version)) === newest.sha256) return resultOf(newest, true);
  const id = owner?.id ?? randomUUIDv7();
  if (owner) await change(client, table, id, given.about ?? {});
  else await insert(client, table, { id, name: given.name, ...given.about });
  const version = (newest?.version ?? 0) + 1;
  const yaml = given.yaml(version);
  const row = { id: randomUUIDv7(), [parent]: id, version, sha256: sha256(yaml), yaml, saved: true };
  await insert(client, versions, { ...row, idempotencyKey: given.idempotencyKey ?? null, ...given.columns });
  return { id, versionId: row.id, version, unchanged: false };
}

async function versionOfKey(client: PoolClient, given: NewVersion): Promise<SavedVersion | undefined> {
  const { table, versions, parent } = kinds[given.kind];
  if (given.idempotencyKey === undefined) return undefined;
  const [row] = await query<VersionRow & { name: string }>(
    client,
    `select one.id, version, sha256, "${parent}" as parent, name from "${versions}" one join "${table}" owner on owner.id = "${parent}"
     where "idempotencyKey" = $1`,
    [given.idempotencyKey],
  );
  if (!row) return undefined;
  if (row.name === given.name && sha256(given.yaml(row.version)) === row.sha256) return resultOf(row, false);
  throw new ConflictError(
    `the key "${given.idempotencyKey}" saved another text: ${row.name}, version ${row.version}`,
  );
}

function resultOf({ id, version, parent }: VersionRow, unchanged: boolean): SavedVersion {
  return { id: parent, versionId: id, version, unchanged };
}

// Table and columns are names of this program; values travel as parameters.
async function insert(
  client: PoolClient,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const names = Object.keys(row);
  const places = names.map((_, index) => `$${index + 1}`);
  await client.query(
    `insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')}) values (${places.join(', ')})`,
    Object.values(row),
  );
}

async function change(
  client: PoolClient,
  table: string,
  id: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const [name, value] of Object.entries(row))
    await client.query(`update "${table}" set "${name}" = $2 where id = $1`, [id, value]);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
