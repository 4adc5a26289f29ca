// What a task takes from a row: a column as it stands, or a template filled in (lm_eval/api/task.py doc_to_text, doc_to_target, doc_to_choice).
import type { Row } from '../dataset/dataset.ts';
import { BancadaError, nearestName } from '../errors.ts';
import { compileTemplate } from '../prompt/jinja.ts';
import { parseLiteral } from './python-literal.ts';

/** Reads a row; `place` names the row in errors. */
export type Field<Value> = (row: Row, place: string) => Value;

/** The names of the columns, as the first row has them. */
export type Columns = ReadonlySet<string>;

/** A value that a target may have before the choices are looked at. */
export type Target =
  | string
  | number
  | boolean
  | null
  | readonly unknown[]
  | Readonly<Record<string, unknown>>;

/** A column's raw value when the text is a column's name, else the text as a template. */
export function rawField(source: string, columns: Columns): Field<unknown> {
  if (!columns.has(source)) return templateField(source);
  return (row, place) => {
    if (Object.hasOwn(row, source)) return row[source];
    const known = Object.keys(row);
    const nearest = nearestName(source, known);
    throw new BancadaError(
      'FIELD_MISSING',
      `${place}: "${source}" is not there${nearest ? `, did you mean "${nearest}"?` : ''}`,
      { allowed: known },
    );
  };
}

/** Always text: numbers, truth values and null as Python writes them. */
export function textField(source: string, columns: Columns): Field<string> {
  const raw = rawField(source, columns);
  return (row, place) => asText(raw(row, place));
}

/** doc_to_text: text, or with choices the number of one (one context per choice then). */
export function questionField(
  source: string | number,
  columns: Columns,
  hasChoices: boolean,
): Field<string | number> {
  if (typeof source === 'number') return () => source;
  const raw = rawField(source, columns);
  const isColumn = columns.has(source);
  return (row, place) => {
    const value = raw(row, place);
    if (hasChoices && typeof value === 'number' && isColumn) return value;
    const text = asText(value);
    return hasChoices && !isColumn && isDigits(text) ? Number(text) : text;
  };
}

/** doc_to_target: digits become a choice's number, `[…]` a Python list. */
export function targetField(
  source: string | number | readonly unknown[],
  columns: Columns,
  hasChoices: boolean,
): Field<Target> {
  if (typeof source !== 'string') return () => source;
  const raw = rawField(source, columns);
  if (columns.has(source)) return (row, place) => raw(row, place) as Target;
  return (row, place) => {
    const text = String(raw(row, place));
    if (hasChoices && isDigits(text)) return Number(text);
    return text.length >= 2 && text.startsWith('[') && text.endsWith(']') ? literalOr(text) : text;
  };
}

/** doc_to_choice: a list, a mapping's values, a column, or a template that renders to a Python list. @throws BancadaError TEMPLATE_FAILED when it does not. */
export function choiceField(
  source: string | readonly unknown[] | Readonly<Record<string, unknown>>,
  columns: Columns,
): Field<readonly string[]> {
  if (typeof source !== 'string') {
    const fixed = (Array.isArray(source) ? source : Object.values(source)).map(asText);
    return () => fixed;
  }
  const raw = rawField(source, columns);
  const isColumn = columns.has(source);
  return (row, place) => {
    const value = isColumn ? raw(row, place) : literal(String(raw(row, place)), place);
    if (Array.isArray(value)) return value.map(asText);
    throw new BancadaError('TEMPLATE_FAILED', `${place}: doc_to_choice gives no list`, {
      value,
      allowed: 'a list of options',
    });
  };
}

/** `str(value)` of Python for what JSON can hold. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  return printed.render({ value });
}

const printed = compileTemplate('{{ value }}');

function templateField(source: string): Field<string> {
  const template = compileTemplate(source);
  return (row, place) => template.render(row, place);
}

function isDigits(text: string): boolean {
  return /^\p{Nd}+$/u.test(text);
}

function literal(text: string, place: string): unknown {
  try {
    return parseLiteral(text);
  } catch (cause) {
    throw new BancadaError('TEMPLATE_FAILED', `${place}: doc_to_choice gives no list`, {
      value: text,
      allowed: 'a Python list of options',
      cause,
    });
  }
}

function literalOr(text: string): Target {
  try {
    return parseLiteral(text);
  } catch {
    return text;
  }
}
