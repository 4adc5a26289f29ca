// Brings a database to the newest tables: our migrations, recorded as Prisma's own command line does, and graphile-worker's.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { BancadaError } from '@bancada/core';
import { runMigrations } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';

/** What a migration run did. */
export interface Migrated {
  /** Names of the migrations that were applied now. */
  readonly applied: readonly string[];
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hex. */
  readonly checksum: string;
}

const folder = new URL('../migrations/', import.meta.url);

// Prisma's command line holds the same lock while it migrates.
const migrationLock = 72_707_369;

/**
 * Applies what is missing; processes that start together wait for each other. Each migration is one transaction.
 * @throws BancadaError when an applied migration's file has changed since, or a migration fails: then nothing of it remains.
 */
export async function migrate(pool: Pool): Promise<Migrated> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const applied = await applyMissing(client);
    await runMigrations({ pgPool: pool });
    return { applied };
  } finally {
    // Ends the session, and the lock with it, whatever state a failure left it in.
    client.release(true);
  }
}

/** The migrations of this version, oldest first. */
function readMigrations(): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(new URL(`${name}/migration.sql`, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

async function applyMissing(client: PoolClient): Promise<string[]> {
  await client.query(`create table if not exists "_prisma_migrations" (
    id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
    logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`);
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from "_prisma_migrations" where finished_at is not null and rolled_back_at is null',
  );
  const known = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const applied: string[] = [];
  for (const migration of readMigrations()) {
    const checksum = known.get(migration.name);
    if (checksum === undefined) {
      await apply(client, migration);
      applied.push(migration.name);
    } else if (checksum !== migration.checksum) {
      throw new BancadaError(
        'STORE_FAILED',
        `the migration ${migration.name} has changed since it was applied`,
        {
          hint: 'Undo the change, and write what is new as a further migration',
        },
      );
    }
  }
  return applied;
}

async function apply(client: PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      `insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    throw new BancadaError('STORE_FAILED', `the migration ${name} failed: ${String(cause)}`, { cause });
  }
}
