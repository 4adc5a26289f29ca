// A results file as it stands at this moment, in one file of its own.
import { DatabaseSync } from 'node:sqlite';
import { storeError } from './sqlite-reader.ts';

/** Copies it, with what still stands in its write-ahead log, while others may write it. @throws BancadaError STORE_FAILED. */
export function copyResults(file: string, target: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    database.prepare('VACUUM INTO ?').run(target);
  } catch (error) {
    throw storeError(error, file);
  } finally {
    database?.close();
  }
}
