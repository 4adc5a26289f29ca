// The compared models as pictures: quality against speed, and every task against every model.
import type { ChartSpec } from '../../chart/chart-spec.ts';
import { paretoFront, type SideScore } from './side-scores.ts';

/** Measurements that quality is set against, with the unit of each. */
export const speedMeasures = {
  e2e_p50_ms: 'ms',
  ttft_p50_ms: 'ms',
  output_tokens_per_second: '',
  samples_per_second: '',
} as const;

/** A measurement that can be chosen. */
export type SpeedMeasure = keyof typeof speedMeasures;

/** Words that the charts need, in the reader's language. */
export interface OverviewWords {
  readonly title: string;
  readonly summary: string;
  readonly score: string;
  readonly speed: string;
  readonly front: string;
  readonly path: string;
}

/** One task; undefined with fewer than two models that were measured. */
export function speedChart(
  scores: readonly SideScore[],
  measure: SpeedMeasure,
  words: (front: readonly string[]) => OverviewWords,
): ChartSpec | undefined {
  const placed = scores.flatMap((score) => {
    const speed = score.speeds[measure];
    if (speed === undefined) return [];
    return [{ ...score, quality: score.value, speed: speed.value, more: speed.higherIsBetter }];
  });
  if (placed.length < 2) return undefined;
  const front = paretoFront(placed, placed[0]?.more ?? true).map(({ side }) => side);
  const said = words(front);
  return {
    kind: 'scatter',
    title: said.title,
    summary: said.summary,
    x: { label: said.speed, unit: speedMeasures[measure], ...around(placed.map(({ speed }) => speed)) },
    y: { label: said.score, unit: 'ratio', min: 0, max: 1 },
    path: said.path,
    series: placed.map(({ side, quality, speed }) => ({
      name: front.includes(side) ? `${side} (${said.front})` : side,
      marked: front.includes(side),
      points: [{ x: speed, y: quality }],
    })),
    height: 340,
  };
}

/** A row a task, a column a model of a run; undefined for a single cell. */
export function taskHeatmap(
  scores: readonly SideScore[],
  words: Pick<OverviewWords, 'title' | 'summary' | 'score'> & { readonly model: string },
): ChartSpec | undefined {
  const sides = [...new Set(scores.map(({ side }) => side))];
  const tasks = [...new Set(scores.map(({ task, metric }) => `${task} · ${metric}`))];
  if (sides.length * tasks.length < 2) return undefined;
  return {
    kind: 'heatmap',
    title: words.title,
    summary: words.summary,
    x: { label: words.model, unit: 'name' },
    y: { label: words.score, unit: 'ratio' },
    series: tasks.map((name) => ({
      name,
      points: sides.map((side) => {
        const found = scores.find((one) => one.side === side && `${one.task} · ${one.metric}` === name);
        return { x: side, y: found?.value ?? null };
      }),
    })),
  };
}

/** Some room on both sides, and from 0: a share of the way is read as a share. */
function around(values: readonly number[]): { min: number; max: number; ticks: number } {
  const most = Math.max(...values, 1e-9) * 1.1;
  const step = 10 ** Math.floor(Math.log10(most));
  const steps = Math.ceil(most / step);
  const even = steps + (steps < 5 ? 0 : steps % 2);
  return { min: 0, max: even * step, ticks: steps < 5 ? even * 2 : even };
}
