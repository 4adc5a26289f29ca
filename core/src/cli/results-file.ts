// Opens a results file for reading, with an error a person can act on when it is not there.
import { existsSync } from 'node:fs';
import { BancadaError } from '../errors.ts';
import type { ResultReader } from '../run/result-store.ts';

/** The reading side of a results file. @throws BancadaError FILE_NOT_FOUND, FILE_INVALID. */
export async function openResults(file: string): Promise<ResultReader> {
  if (!existsSync(file)) {
    throw new BancadaError('FILE_NOT_FOUND', 'no results file', {
      file,
      hint: 'Make one with: npm run bancada -- run data/suites/quickstart.yaml',
    });
  }
  const { openSqliteStore } = await import('../store/sqlite.ts');
  return openSqliteStore(file);
}
