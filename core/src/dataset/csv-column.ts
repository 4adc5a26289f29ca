// The type of a CSV column: integers, decimals and truth values when every cell is one, text otherwise.

/** A converted cell. Empty cells are null. */
export type Cell = string | number | boolean | null;

/** What a column holds. */
export type ColumnType = 'integer' | 'decimal' | 'boolean' | 'string';

/** Numbers with leading zeros stay text: they are names (`007`), not amounts. */
const patterns: readonly (readonly [ColumnType, RegExp])[] = [
  ['integer', /^-?(0|[1-9]\d{0,14})$/],
  ['decimal', /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/],
  ['boolean', /^(true|false)$/i],
];

/** The narrowest type that fits all cells of each column that are not empty. */
export function columnTypes(rows: readonly Readonly<Record<string, string>>[]): Record<string, ColumnType> {
  const names = Object.keys(rows[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, typeOf(rows.map((row) => row[name] ?? ''))]));
}

/** One cell under its column's type; a cell that does not fit stays text. */
export function typed(text: string, type: ColumnType): Cell {
  if (text === '') return null;
  const pattern = patterns.find(([name]) => name === type)?.[1];
  if (!pattern?.test(text)) return text;
  return type === 'boolean' ? text.toLowerCase() === 'true' : Number(text);
}

function typeOf(cells: readonly string[]): ColumnType {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length === 0) return 'string';
  return patterns.find(([, pattern]) => filled.every((cell) => pattern.test(cell)))?.[0] ?? 'string';
}
