// Progress: how far a run has come.
import { builder, reads } from '../builder.ts';

/** Counts of samples; `rate` in samples per second. */
export interface RunProgress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly rate: number;
  readonly etaSeconds: number | undefined;
}

/** From what a run's row counts; the remaining time is known once there is a rate. */
export function progressOf(row: {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly rate: number;
}): RunProgress {
  const { done, total, failed, rate } = row;
  return { done, total, failed, rate, etaSeconds: rate > 0 ? Math.max(0, total - done) / rate : undefined };
}

/** GraphQL type `Progress`. */
export const Progress = builder.objectRef<RunProgress>('Progress').implement({
  description: 'How far a run has come.',
  authScopes: reads,
  fields: (t) => ({
    done: t.exposeInt('done', { description: 'Samples finished, failed ones included.' }),
    total: t.exposeInt('total', { description: 'Samples planned.' }),
    failed: t.exposeInt('failed', { description: 'Samples that have no answer.' }),
    rate: t.exposeFloat('rate', { description: 'Samples per second over the last seconds.' }),
    etaSeconds: t.exposeFloat('etaSeconds', {
      description: 'Seconds to the end at the present rate; null while there is no rate.',
      nullable: true,
    }),
  }),
});
