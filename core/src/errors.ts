// The one error class of the library: what was given, where, and what is allowed.
import { closest } from 'fastest-levenshtein';

/** The closed vocabulary of what can go wrong; scripts match on it. */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'UNKNOWN_NAME'
  | 'DUPLICATE_NAME'
  | 'FILE_NOT_FOUND'
  | 'FILE_INVALID'
  | 'DATASET_EMPTY'
  | 'FIELD_MISSING'
  | 'TEMPLATE_FAILED'
  | 'CAPABILITY_MISSING'
  | 'MODEL_LOAD_FAILED'
  | 'ENGINE_CRASHED'
  | 'ENDPOINT_FAILED'
  | 'STORE_FAILED'
  | 'ABORTED';

/** Where the fault lies and what would be right; every part that is known is printed. */
export interface ErrorDetail {
  /** File that holds the fault, as the user named it. */
  readonly file?: string | undefined;
  /** 1-based line in that file. */
  readonly line?: number | undefined;
  /** 1-based column in that line; the summary names it. */
  readonly column?: number | undefined;
  /** Path of the key, e.g. `tasks[1].num_fewshot`. */
  readonly key?: string | undefined;
  /** The offending value itself. */
  readonly value?: unknown;
  /** What would be right: a list of names, or a sentence such as `an integer from 0 to 100`. */
  readonly allowed?: readonly string[] | string | undefined;
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Every expected failure of the library. `message` already holds place, value and what is allowed. */
export class BancadaError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;
  readonly #summary: string;

  constructor(code: ErrorCode, summary: string, detail: ErrorDetail = {}) {
    super(describe(summary, detail), detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'BancadaError';
    this.code = code;
    this.detail = detail;
    this.#summary = summary;
  }

  /** The same fault, with a place that whoever threw it did not know. */
  at(place: Pick<ErrorDetail, 'file' | 'line' | 'key'>): BancadaError {
    return new BancadaError(this.code, this.#summary, { ...place, ...this.detail });
  }
}

/** Several faults found at once (a suite file with three wrong keys): one message a line. */
export class BancadaErrors extends BancadaError {
  readonly issues: readonly BancadaError[];

  constructor(issues: readonly BancadaError[]) {
    const first = issues[0];
    super(first?.code ?? 'INVALID_INPUT', issues.map((issue) => issue.message).join('\n'), {});
    this.name = 'BancadaErrors';
    this.issues = issues;
  }
}

/** The error for a name that no registry holds: lists the known names and suggests the nearest. */
export function unknownName(
  what: string,
  given: string,
  known: readonly string[],
  detail: ErrorDetail = {},
): BancadaError {
  const nearest = nearestName(given, known);
  return new BancadaError(
    'UNKNOWN_NAME',
    `unknown ${what} "${given}"${nearest ? `, did you mean "${nearest}"?` : ''}`,
    {
      ...detail,
      allowed: known,
    },
  );
}

/** The known name closest to the given one by Levenshtein distance; undefined when none is near enough to be meant. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(given.toLowerCase(), known as string[]);
  const shared = [...best].filter((character) => given.toLowerCase().includes(character)).length;
  return shared * 2 >= Math.max(best.length, given.length) ? best : undefined;
}

/** Turns anything thrown into an Error, so that `message` can be read. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function describe(summary: string, detail: ErrorDetail): string {
  const place = [detail.file, detail.line].filter((part) => part !== undefined).join(':');
  const parts = [place && `${place}:`, detail.key && `${detail.key}:`, summary].filter(Boolean).join(' ');
  const given = 'value' in detail && detail.value !== undefined ? ` (given: ${preview(detail.value)})` : '';
  const allowed = detail.allowed
    ? `; allowed: ${typeof detail.allowed === 'string' ? detail.allowed : detail.allowed.join(', ')}`
    : '';
  return `${parts}${given}${allowed}${detail.hint ? `. ${detail.hint}` : ''}`;
}

function preview(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
