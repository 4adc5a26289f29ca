// Which rows of a split are shown, and how a cell is written.

/** Rows of a page. */
export const rowsPerPage = 20;

/** The offset in the address, at least 0 and a multiple of nothing: any row may come first. */
export function offsetInAddress(value: string): number {
  const offset = Number(value);
  return Number.isSafeInteger(offset) && offset > 0 ? offset : 0;
}

/** Where the neighbouring pages begin; undefined at the ends. `total` is unknown for splits never counted. */
export function besidePage(
  offset: number,
  shown: number,
  total: number | null,
): { readonly before: number | undefined; readonly after: number | undefined } {
  const end = offset + shown;
  const more = total === null ? shown === rowsPerPage : end < total;
  return {
    before: offset > 0 ? Math.max(0, offset - rowsPerPage) : undefined,
    after: more && shown > 0 ? end : undefined,
  };
}

/** A cell as text: texts as they are, the rest as JSON, nothing for what is missing. */
export function writeCell(row: unknown, column: string): string {
  if (typeof row !== 'object' || row === null) return '';
  const value = (row as Readonly<Record<string, unknown>>)[column];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
