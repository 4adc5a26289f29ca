// The tables of a results file, and the check that a file is one.
import type { DatabaseSync } from 'node:sqlite';
import { BancadaError } from '../errors.ts';

/** Counts up with every change of the tables below. */
export const schemaVersion = 2;

// In `sample` the numbers stand before the texts, so that a scan for measurements never reads the pages of long texts.
const tables = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE run (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, fingerprint TEXT NOT NULL, status TEXT NOT NULL,
  created_at TEXT NOT NULL, finished_at TEXT, snapshot TEXT NOT NULL,
  writer TEXT, writer_pid INTEGER, writer_host TEXT, writer_beat INTEGER
) STRICT;
CREATE TABLE evaluation (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, run TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  task TEXT NOT NULL, model TEXT NOT NULL, variant TEXT NOT NULL, output_type TEXT NOT NULL,
  num_fewshot INTEGER NOT NULL, repeats INTEGER NOT NULL, fingerprint TEXT NOT NULL,
  metrics TEXT NOT NULL, model_info TEXT, parameters TEXT NOT NULL, planned INTEGER,
  status TEXT NOT NULL, error TEXT, active_ms REAL NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX evaluation_run ON evaluation (run);
CREATE TABLE sample (
  key INTEGER PRIMARY KEY, evaluation INTEGER NOT NULL REFERENCES evaluation ON DELETE CASCADE,
  item INTEGER NOT NULL, repeat INTEGER NOT NULL, failure TEXT, started_at INTEGER NOT NULL,
  queue_ms REAL NOT NULL, ttft_ms REAL, e2e_ms REAL NOT NULL, inter_token_ms REAL, inter_token_gaps INTEGER NOT NULL,
  prefill_ms REAL, decode_ms REAL, prompt_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
  dropped_tokens INTEGER NOT NULL, length_stopped INTEGER NOT NULL, gold_retrieved INTEGER, document_recall REAL, reciprocal_rank REAL, choices INTEGER,
  item_id TEXT NOT NULL, cluster TEXT, failure_message TEXT, target TEXT NOT NULL, prediction TEXT NOT NULL,
  input TEXT NOT NULL, output TEXT NOT NULL, requests TEXT NOT NULL, retrieved TEXT, relevant_documents TEXT,
  UNIQUE (evaluation, item, repeat)
) STRICT;
CREATE TABLE score (
  evaluation INTEGER NOT NULL REFERENCES evaluation ON DELETE CASCADE, item INTEGER NOT NULL, repeat INTEGER NOT NULL,
  metric TEXT NOT NULL, filter TEXT NOT NULL, value REAL NOT NULL, weight REAL NOT NULL, cluster TEXT,
  PRIMARY KEY (evaluation, item, repeat, metric, filter)
) STRICT, WITHOUT ROWID;
CREATE TABLE metric (
  evaluation INTEGER NOT NULL REFERENCES evaluation ON DELETE CASCADE, position INTEGER NOT NULL,
  metric TEXT NOT NULL, filter TEXT NOT NULL, kind TEXT NOT NULL, value REAL NOT NULL, n INTEGER NOT NULL,
  stderr REAL, ci_low REAL, ci_high REAL, method TEXT NOT NULL, higher_is_better INTEGER NOT NULL,
  PRIMARY KEY (evaluation, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE warning (
  run TEXT NOT NULL REFERENCES run ON DELETE CASCADE, position INTEGER NOT NULL,
  code TEXT NOT NULL, evaluation TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE gate (
  run TEXT NOT NULL REFERENCES run ON DELETE CASCADE, position INTEGER NOT NULL,
  gate TEXT NOT NULL, evaluation TEXT, value REAL, passed INTEGER NOT NULL, message TEXT NOT NULL,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE event (
  run TEXT NOT NULL REFERENCES run ON DELETE CASCADE, sequence INTEGER NOT NULL,
  at TEXT NOT NULL, type TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (run, sequence)
) STRICT, WITHOUT ROWID;
CREATE VIEW log AS
  SELECT run, sequence, at, event ->> 'level' AS level, event ->> 'message' AS message
  FROM event WHERE type = 'log.written';
`;

/**
 * Makes the tables in a new file; checks those of an old one.
 * @throws BancadaError STORE_FAILED when the file is not SQLite, not a results file, or of another version.
 */
export function prepareSchema(database: DatabaseSync, file: string): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  // Immediate: two processes that make the same file do so one after the other.
  database.exec('BEGIN IMMEDIATE');
  try {
    const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    if (names.length === 0) {
      database.exec(tables);
      database.prepare("INSERT INTO meta VALUES ('schema', ?)").run(String(schemaVersion));
    } else if (!names.some((row) => row.name === 'meta')) {
      throw new BancadaError('STORE_FAILED', 'this SQLite file holds no results of Bancada', { file });
    }
    checkVersion(database, file);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** @throws BancadaError STORE_FAILED when the tables are of another version. */
export function checkVersion(database: DatabaseSync, file: string): void {
  const found = database.prepare("SELECT value FROM meta WHERE key = 'schema'").get()?.value;
  if (found === String(schemaVersion)) return;
  throw new BancadaError('STORE_FAILED', 'the results file is of another version', {
    file,
    value: found,
    allowed: `version ${schemaVersion}`,
    hint: 'Read it with the release of Bancada that wrote it, or choose a new file',
  });
}

/** The tables of a results file. */
export const tableNames: readonly string[] = [...tables.matchAll(/^CREATE TABLE (\w+)/gm)].map(
  ([, name = '']) => name,
);
