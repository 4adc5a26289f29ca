// What is found in a data file: how many rows, which columns, and the first bad record.
import { BancadaError, type ErrorCode, toError } from '../../errors.ts';

/** What the records of a file are. */
export interface RecordFacts {
  readonly rows: number;
  /** In the order in which they first occur. */
  readonly columns: readonly string[];
}

/** A file whose every record was read. */
export interface Inspection extends RecordFacts {
  /** Of its bytes, hex. */
  readonly sha256: string;
}

/** A fault as it crosses from the reading process. */
export interface InspectionFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** More are taken for names that are data: `{"2024-01-01": …}` in each record. */
export const mostColumns = 2_000;

/** Collects the names of columns; fast while the rows look alike. */
export class ColumnSet {
  readonly #names = new Set<string>();
  #last: readonly string[] = [];

  /** @throws BancadaError FILE_INVALID beyond {@link mostColumns}. */
  add(row: Readonly<Record<string, unknown>>, line?: number): void {
    const keys = Object.keys(row);
    const last = this.#last;
    if (keys.length === last.length && keys.every((key, index) => key === last[index])) return;
    this.#last = keys;
    for (const key of keys) this.#names.add(key);
    if (this.#names.size <= mostColumns) return;
    throw new BancadaError('FILE_INVALID', 'too many columns', {
      line,
      column: 1,
      value: this.#names.size,
      allowed: `at most ${mostColumns} names over all records`,
    });
  }

  get names(): readonly string[] {
    return [...this.#names];
  }
}

/** Counts the text of records: a dictionary of one word can stand for more than any disk holds. */
export class TextBound {
  readonly #most: number;
  #characters = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @throws BancadaError FILE_INVALID beyond the bound. */
  add(row: Readonly<Record<string, unknown>>): void {
    for (const name in row) this.#characters += textIn(row[name]);
    if (this.#characters <= this.#most) return;
    throw new BancadaError('FILE_INVALID', 'its records hold too much text, written out', {
      allowed: `at most ${this.#most} characters`,
    });
  }
}

function textIn(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let characters = 0;
  for (const part of Object.values(value)) characters += textIn(part);
  return characters;
}

/** What was thrown, as it can be sent. */
export function faultOf(thrown: unknown): InspectionFault {
  if (!(thrown instanceof BancadaError)) return { code: 'FILE_INVALID', message: toError(thrown).message };
  const { code, message, detail } = thrown;
  return { code, message, line: detail.line, column: detail.column };
}
