// The comparison as a forest plot: one row a score, one series a candidate.
import type { ChartSpec } from '../../chart/chart-spec.ts';
import { type ComparedRow, rowNames } from './verdict.ts';

/** Words that the chart needs, in the reader's language. */
export interface ForestWords {
  readonly title: string;
  readonly summary: string;
  readonly difference: string;
  readonly score: string;
  /** Unit of score differences. */
  readonly points: string;
}

/** Differences of scores in points, or of losses in nats; undefined when no row has that unit. */
export function forestChart(
  rows: readonly ComparedRow[],
  candidates: readonly { readonly id: string; readonly name: string }[],
  unit: 'score' | 'loss',
  words: ForestWords,
): ChartSpec | undefined {
  const shown = rows.filter((row) => row.unit === unit);
  if (shown.length === 0) return undefined;
  const nameOf = rowNames(shown);
  const labels = [...new Set(shown.map(nameOf))];
  const scale = unit === 'score' ? 100 : 1;
  const scaled = (value: number | null | undefined) =>
    value === null || value === undefined ? null : value * scale;
  return {
    kind: 'interval',
    title: words.title,
    summary: words.summary,
    x: { label: words.score, unit: 'name' },
    y: {
      label: `${words.difference} (${unit === 'score' ? words.points : 'nats'})`,
      unit: '',
      ...bounds(shown, scale),
    },
    series: candidates.map((candidate) => ({
      name: candidate.name,
      points: labels.map((label) => {
        const row = shown.find((one) => one.candidateRunId === candidate.id && nameOf(one) === label);
        return {
          x: label,
          y: scaled(row?.difference),
          low: scaled(row?.ciLow ?? row?.difference),
          high: scaled(row?.ciHigh ?? row?.difference),
        };
      }),
    })),
    marks: [{ at: 0, label: '' }],
  };
}

/** Both sides of zero equally far, so that the eye judges direction by the middle. */
function bounds(rows: readonly ComparedRow[], scale: number): { min: number; max: number } {
  const ends = rows.flatMap((row) => [row.difference, row.ciLow ?? 0, row.ciHigh ?? 0]);
  const far = Math.max(0.01, ...ends.map(Math.abs)) * scale;
  const step = 10 ** Math.floor(Math.log10(far));
  const end = Math.ceil(far / step) * step;
  return { min: -end, max: end };
}
