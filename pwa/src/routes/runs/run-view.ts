// Views of the list that the reader named: filters, order and columns as they stand in the address.

/** A name for a query of the address. */
export interface RunView {
  readonly name: string;
  /** Without its question mark. */
  readonly search: string;
}

const key = 'bancada.run-views';

/** Those kept in this browser; what cannot be read counts as none. */
export function savedViews(): RunView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

/** Keeps a view under its name, in place of one that had it. @returns all of them. */
export function keepView(view: RunView): RunView[] {
  return write([...savedViews().filter(({ name }) => name !== view.name), view]);
}

/** Forgets a view. @returns those that are left. */
export function forgetView(name: string): RunView[] {
  return write(savedViews().filter((view) => view.name !== name));
}

function write(views: RunView[]): RunView[] {
  localStorage.setItem(key, JSON.stringify(views));
  return views;
}

function isView(value: unknown): value is RunView {
  const view = value as Partial<RunView> | null;
  return typeof view?.name === 'string' && typeof view.search === 'string';
}
