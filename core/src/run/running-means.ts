// Means while an evaluation is under way: a look ahead at what the aggregate will say, in constant memory.
import { normalInterval } from '../statistics/interval.ts';
import type { EvaluationRecord, MetricRecord, SampleRecord } from './record.ts';
import type { ResultStore } from './result-store.ts';

interface Running {
  readonly metric: string;
  readonly filter: string;
  readonly higherIsBetter: boolean;
  n: number;
  mean: number;
  /** Sum of squared deviations (Welford 1962). */
  squares: number;
}

/** The preliminary values of an evaluation's means; other aggregates need all samples and are left out. */
export class RunningMeans {
  readonly #evaluationId: string;
  readonly #running = new Map<string, Running>();

  constructor(evaluation: EvaluationRecord) {
    this.#evaluationId = evaluation.id;
    for (const { metric, filter, aggregation, higherIsBetter } of evaluation.metrics) {
      if (aggregation !== 'mean') continue;
      this.#running.set(`${metric},${filter}`, { metric, filter, higherIsBetter, n: 0, mean: 0, squares: 0 });
    }
  }

  /** Takes up what earlier runs have stored. */
  async load(store: ResultStore): Promise<void> {
    for (const running of this.#running.values()) {
      const { values } = await store.scores(this.#evaluationId, running.metric, running.filter);
      for (const value of values) include(running, value);
    }
  }

  add(samples: readonly SampleRecord[]): void {
    for (const { scores } of samples) {
      for (const { metric, filter, value } of scores) {
        const running = this.#running.get(`${metric},${filter}`);
        if (running) include(running, value);
      }
    }
  }

  /** The values so far, with a normal interval. */
  metrics(): MetricRecord[] {
    return [...this.#running.values()]
      .filter(({ n }) => n > 0)
      .map(({ metric, filter, higherIsBetter, n, mean, squares }) => {
        const stderr = n > 1 ? Math.sqrt(squares / (n - 1) / n) : undefined;
        const interval = stderr === undefined ? undefined : normalInterval(mean, stderr);
        return {
          evaluationId: this.#evaluationId,
          metric,
          filter,
          value: mean,
          n,
          stderr,
          ciLow: interval?.low,
          ciHigh: interval?.high,
          method: interval ? 'normal' : 'none',
          kind: 'score',
          higherIsBetter,
        };
      });
  }
}

function include(running: Running, value: number): void {
  running.n += 1;
  const before = value - running.mean;
  running.mean += before / running.n;
  running.squares += before * (value - running.mean);
}
