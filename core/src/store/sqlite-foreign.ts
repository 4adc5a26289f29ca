// A results file that came from elsewhere: opened read only, and only when it holds our tables and nothing that runs by itself.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BancadaError } from '../errors.ts';
import { SqliteReader, storeError } from './sqlite-reader.ts';
import { checkVersion, tableNames } from './sqlite-schema.ts';

/**
 * Opens it for reading; nothing in it is executed: no trigger, no view, no virtual table, no extension.
 * @throws BancadaError FILE_NOT_FOUND, STORE_FAILED (no results file, another version, tables of another kind).
 */
export function openForeignResults(file: string): ForeignResults {
  if (!existsSync(file)) throw new BancadaError('FILE_NOT_FOUND', 'there is no such results file', { file });
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, allowExtension: false });
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;');
    checkTables(database, file);
    checkVersion(database, file);
    return new ForeignResults(database, file);
  } catch (error) {
    database?.close();
    throw storeError(error, file);
  }
}

/** The reading side, with what a store knows besides the records. */
export class ForeignResults extends SqliteReader {
  /** Wall time in which an evaluation ran, milliseconds. */
  activeMs(evaluationId: string): number {
    return this.attempt(() => {
      const row = this.database
        .prepare('SELECT active_ms FROM evaluation WHERE key = ?')
        .get(this.key(evaluationId));
      return Number(row?.active_ms ?? 0);
    });
  }
}

function checkTables(database: DatabaseSync, file: string): void {
  const entries = database.prepare('SELECT type, name, sql FROM sqlite_schema').all();
  const tables = entries.filter(
    ({ type, sql }) => type === 'table' && !/^\s*create\s+virtual/i.test(String(sql)),
  );
  const missing = tableNames.filter((name) => !tables.some((table) => table.name === name));
  const strange = entries.filter(
    ({ type, name, sql }) =>
      type === 'trigger' ||
      (type === 'view' && name !== 'log') ||
      (type === 'table' && /^\s*create\s+virtual/i.test(String(sql))),
  );
  if (missing.length === 0 && strange.length === 0) return;
  throw new BancadaError('STORE_FAILED', 'this SQLite file holds no results of Bancada', {
    file,
    hint:
      missing.length > 0
        ? `It lacks the tables ${missing.join(', ')}`
        : `It holds ${strange.map(({ type, name }) => `a ${type} ${name}`).join(', ')}`,
  });
}
