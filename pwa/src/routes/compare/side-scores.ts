// What each model of each compared run scored and how fast it was, and which of them no other beats in both.
import { headlineScores, scoreUnit, variantSuffix } from '../../run/headline.ts';

/** The parts of a run that are read. */
export interface ScoredRun {
  readonly metrics: readonly {
    readonly evaluationId: string;
    readonly name: string;
    readonly kind: string;
    readonly task: string;
    readonly model: string;
    readonly variant: string;
    readonly value: number;
    readonly ciLow: number | null;
    readonly ciHigh: number | null;
    readonly higherIsBetter: boolean;
  }[];
}

/** One model of one run on one task. */
export interface SideScore {
  /** `A · bancada-tiny`: the run's letter and the model. */
  readonly side: string;
  readonly task: string;
  readonly metric: string;
  /** From 0 to 1. */
  readonly value: number;
  /** By name of the measurement. */
  readonly speeds: Readonly<Record<string, { readonly value: number; readonly higherIsBetter: boolean }>>;
}

/** The first score of each evaluation of each run that is a share; in the order of the runs. */
export function sideScores(runs: readonly ScoredRun[]): SideScore[] {
  return runs.flatMap(({ metrics }, index) =>
    headlineScores(metrics)
      .filter((score) => score.higherIsBetter && scoreUnit(score) === 'ratio')
      .map((score) => ({
        side: `${String.fromCharCode(65 + index)} · ${score.model}${variantSuffix(score.variant)}`,
        task: score.task,
        metric: score.name,
        value: score.value,
        speeds: Object.fromEntries(
          metrics
            .filter(({ evaluationId, kind }) => kind === 'speed' && evaluationId === score.evaluationId)
            .map(({ name, value, higherIsBetter }) => [name, { value, higherIsBetter }]),
        ),
      })),
  );
}

/** A place in the plane of quality and speed. */
export interface Placed {
  readonly quality: number;
  readonly speed: number;
}

/** Those that no other beats: at least as good in both, and better in one. */
export function paretoFront<Item extends Placed>(items: readonly Item[], fasterIsMore: boolean): Item[] {
  const speed = (item: Placed) => (fasterIsMore ? item.speed : -item.speed);
  const beats = (other: Placed, one: Placed) =>
    other.quality >= one.quality &&
    speed(other) >= speed(one) &&
    (other.quality > one.quality || speed(other) > speed(one));
  return items.filter((one) => !items.some((other) => beats(other, one)));
}
