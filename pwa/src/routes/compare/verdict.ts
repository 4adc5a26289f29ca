// What a comparison says: better, worse, or not told apart, row by row and in sum.
import type { Format } from '../../i18n/format.ts';

/** The parts of a comparison's row that a verdict rests on. */
export interface ComparedRow {
  readonly candidateRunId: string;
  readonly task: string;
  readonly variant: string;
  readonly metric: string;
  readonly filter: string;
  /** `score` (0 to 1) or `loss` (nats). */
  readonly unit: string;
  readonly higherIsBetter: boolean;
  readonly baselineModel: string;
  readonly candidateModel: string;
  readonly n: number;
  /** Candidate minus baseline. */
  readonly difference: number;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  /** Corrected by Holm over all rows of the comparison. */
  readonly pAdjusted: number;
}

/** `unclear`: the data do not tell the two apart, which is not the same as equal. */
export type Verdict = 'better' | 'worse' | 'unclear';

/** The chance of a false alarm that is taken, over all rows together. */
export const significance = 0.05;

/** Whether the candidate is better than the baseline in this row. */
export function verdictOf(row: Pick<ComparedRow, 'difference' | 'pAdjusted' | 'higherIsBetter'>): Verdict {
  if (row.pAdjusted >= significance || row.difference === 0) return 'unclear';
  return row.difference > 0 === row.higherIsBetter ? 'better' : 'worse';
}

/** How many rows of a candidate got each verdict. */
export function tally(rows: readonly ComparedRow[]): Record<Verdict, number> {
  const counts = { better: 0, worse: 0, unclear: 0 };
  for (const row of rows) counts[verdictOf(row)] += 1;
  return counts;
}

/** `+2.1`, in percentage points for scores and in the metric's own unit for losses. */
export function signed(value: number, unit: string, format: Format): string {
  const shown = unit === 'score' ? format.number(value * 100, 1) : format.number(value, 4);
  return value > 0 && !/^[+]/.test(shown) && Number(value.toFixed(5)) !== 0 ? `+${shown}` : shown;
}

/** `+2.1 pp [0.4, 3.8]`; `points` is the unit of scores in the reader's language. */
export function writeDifference(
  row: Pick<ComparedRow, 'difference' | 'ciLow' | 'ciHigh' | 'unit'>,
  points: string,
  format: Format,
): string {
  const unit = row.unit === 'score' ? points : 'nats';
  const centre = `${signed(row.difference, row.unit, format)} ${unit}`;
  if (row.ciLow === null || row.ciHigh === null) return centre;
  return `${centre} [${signed(row.ciLow, row.unit, format)}, ${signed(row.ciHigh, row.unit, format)}]`;
}

/** `p < 0.001`, `p = 0.014`. */
export function writeP(p: number, format: Format): string {
  return p < 0.001 ? `p < ${format.number(0.001)}` : `p = ${format.number(p, 3)}`;
}

/** Writes the name of each row: the task, and of variant, metric and models what varies over the rows. */
export function rowNames(
  rows: readonly ComparedRow[],
): (row: Pick<ComparedRow, 'task' | 'variant' | 'metric' | 'baselineModel' | 'candidateModel'>) => string {
  const several = (part: (row: ComparedRow) => string) => new Set(rows.map(part)).size > 1;
  const metrics = new Set(rows.map((row) => `${row.task} ${row.metric}`)).size;
  const shown = {
    variant: several((row) => row.variant),
    metric: metrics > new Set(rows.map((row) => row.task)).size,
    // Candidates stand beside each other by run: models tell rows apart only within one of them.
    models: [...Map.groupBy(rows, (row) => row.candidateRunId).values()].some(
      (own) => new Set(own.map(modelsOf)).size > 1,
    ),
  };
  return (row) =>
    [
      row.task,
      ...(shown.variant && row.variant !== 'closed-book' ? [row.variant] : []),
      ...(shown.metric ? [row.metric] : []),
      ...(shown.models ? [modelsOf(row)] : []),
    ].join(' · ');
}

/** One name where both sides used the same model, else candidate / baseline. */
export function modelsOf(row: Pick<ComparedRow, 'baselineModel' | 'candidateModel'>): string {
  return row.baselineModel === row.candidateModel
    ? row.candidateModel
    : `${row.candidateModel} / ${row.baselineModel}`;
}
