// An aggregate: from the scores of many samples to one value with its uncertainty.

/** The aligned columns of one metric over the finished samples, in item order. Lengths agree. */
export interface ScoreColumns {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** Cluster of each sample (item index when repeated, or the task's group); samples of one cluster are not independent. */
  readonly clusters?: Int32Array | undefined;
}

/**
 * How the interval was made. `delta`: normal on the scale of the mean log-probability, for more samples than the bootstrap
 * is worth; `order-statistic`: between two of the sorted values.
 */
export type IntervalMethod =
  | 'wilson'
  | 'normal'
  | 'student-t'
  | 'clustered'
  | 'bootstrap-percentile'
  | 'bootstrap-bca'
  | 'delta'
  | 'order-statistic'
  | 'none';

/** A value that can be trusted: with n, standard error and a 95 % interval. NaN never appears: undefined means it cannot be had. */
export interface MetricValue {
  readonly value: number;
  /** Samples behind the value. */
  readonly n: number;
  readonly stderr?: number | undefined;
  readonly ciLow?: number | undefined;
  readonly ciHigh?: number | undefined;
  readonly method: IntervalMethod;
}

/** One file and one line in `registry.ts`. */
export interface Aggregate {
  readonly description: string;
  readonly source: string;
  /** @throws BancadaError INVALID_INPUT when there is no sample. `seed` drives the bootstrap. */
  aggregate(columns: ScoreColumns, seed: number): MetricValue;
}
