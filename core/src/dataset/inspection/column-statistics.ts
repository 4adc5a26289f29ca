// What a column holds: type, gaps, distinct values, the commonest ones, and the shape of its numbers or lengths.
import { percentileOfSorted, sorted } from '../../statistics/percentile.ts';
import { Reservoir } from './reservoir.ts';

/** What most cells of a column are; `mixed` when they differ, `empty` when there are none. */
export type ColumnKind = 'number' | 'text' | 'boolean' | 'list' | 'object' | 'mixed' | 'empty';

/** The shape of numbers. */
export interface NumberSummary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** At 5, 25, 50, 75 and 95 percent. */
  readonly quantiles: readonly number[];
  /** Bins of equal width from `min` to `max`, with their share of the rows. */
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly share: number }[];
  /** Quantiles and histogram are of a random sample of the rows. */
  readonly sampled: boolean;
}

/** One column. */
export interface ColumnStatistics {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Rows in which it is absent, null or an empty text. */
  readonly missing: number;
  /** Distinct values, counted up to {@link mostDistinct}. */
  readonly distinct: number;
  /** Whether there are more. */
  readonly distinctCapped: boolean;
  /** The numbers themselves; of texts their characters, of lists their entries. Absent for the rest. */
  readonly numbers?: NumberSummary | undefined;
  /** The commonest values, shortened to 80 characters; empty when nearly all differ. */
  readonly top: readonly { readonly value: string; readonly count: number }[];
}

/** Beyond it, distinct values are not told apart. */
export const mostDistinct = 1_000;

const topCount = 8;
const shownCharacters = 80;
const keyCharacters = 200;
const bins = 20;

/** Reads at most `most` rows. Memory does not grow with their number. */
export async function describeRows(
  rows: AsyncIterable<Readonly<Record<string, unknown>>>,
  most: number,
): Promise<{ readonly rows: number; readonly columns: readonly ColumnStatistics[] }> {
  const columns = new Map<string, ColumnAccumulator>();
  let count = 0;
  for await (const row of rows) {
    for (const name in row) {
      const known = columns.get(name) ?? new ColumnAccumulator(name);
      columns.set(name, known);
      known.add(row[name]);
    }
    count += 1;
    if (count === most) break;
  }
  return { rows: count, columns: [...columns.values()].map((column) => column.statistics(count)) };
}

class ColumnAccumulator {
  readonly #name: string;
  readonly #kinds = new Set<ColumnKind>();
  readonly #values = new Map<string, number>();
  readonly #numbers = new Reservoir();
  #present = 0;
  #capped = false;

  constructor(name: string) {
    this.#name = name;
  }

  add(value: unknown): void {
    if (value === null || value === undefined || value === '') return;
    this.#present += 1;
    const kind = kindOf(value);
    this.#kinds.add(kind);
    const size = sizeOf(value, kind);
    if (size !== undefined) this.#numbers.add(size);
    const key = keyOf(value, kind);
    const known = this.#values.get(key);
    if (known === undefined && this.#values.size >= mostDistinct) this.#capped = true;
    else this.#values.set(key, (known ?? 0) + 1);
  }

  statistics(rows: number): ColumnStatistics {
    const [only = 'empty'] = this.#kinds;
    const kind = this.#kinds.size > 1 ? 'mixed' : only;
    const measured = kind === 'number' || kind === 'text' || kind === 'list';
    return {
      name: this.#name,
      kind,
      missing: rows - this.#present,
      distinct: this.#values.size,
      distinctCapped: this.#capped,
      numbers: measured ? summary(this.#numbers) : undefined,
      top: this.#top(),
    };
  }

  #top(): { value: string; count: number }[] {
    return [...this.#values]
      .filter(([, count]) => count > 1)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, topCount)
      .map(([value, count]) => ({ value: shortened(value), count }));
  }
}

function kindOf(value: unknown): ColumnKind {
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'object' : 'text';
}

function sizeOf(value: unknown, kind: ColumnKind): number | undefined {
  if (kind === 'number') return Number(value);
  if (kind === 'text' || kind === 'list') return (value as string | unknown[]).length;
  return undefined;
}

function keyOf(value: unknown, kind: ColumnKind): string {
  const text = kind === 'list' || kind === 'object' ? JSON.stringify(value) : String(value);
  return text.length <= keyCharacters ? text : `${text.slice(0, keyCharacters)}…${text.length}`;
}

function shortened(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}…`;
}

function summary(numbers: Reservoir): NumberSummary | undefined {
  const { min, max, mean, count } = numbers;
  if (count === 0) return undefined;
  const values = sorted(numbers.values);
  const quantiles = [5, 25, 50, 75, 95].map((percent) => percentileOfSorted(values, percent) ?? min);
  return { min, max, mean, quantiles, histogram: histogram(values, min, max), sampled: numbers.sampled };
}

function histogram(values: ArrayLike<number>, min: number, max: number): NumberSummary['histogram'] {
  const whole = Array.from(values).every(Number.isInteger);
  const count = min === max ? 1 : whole ? Math.min(bins, max - min + 1) : bins;
  const width = (max - min) / count;
  const found = new Array<number>(count).fill(0);
  for (let index = 0; index < values.length; index += 1) {
    const bin = width === 0 ? 0 : Math.min(count - 1, Math.floor(((values[index] ?? min) - min) / width));
    found[bin] = (found[bin] ?? 0) + 1;
  }
  return found.map((rows, bin) => ({
    from: min + bin * width,
    to: bin === count - 1 ? max : min + (bin + 1) * width,
    share: rows / values.length,
  }));
}
