// A run's scores in a line or two, for lists.
import { Estimate } from '../component/estimate.tsx';
import type { Format } from '../i18n/format.ts';
import { headlineScores, scoreUnit, variantSuffix } from './headline.ts';

interface ListedMetric {
  readonly evaluationId: string;
  readonly kind: string;
  readonly name: string;
  readonly task: string;
  readonly model: string;
  readonly variant: string;
  readonly value: number;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
}

/** The first `most` headline scores, each with its interval, and how many more there are. */
export const ScoresLine = (props: { metrics: readonly ListedMetric[]; format: Format; most?: number }) => {
  const scores = headlineScores(props.metrics);
  const shown = scores.slice(0, props.most ?? 2);
  return (
    <ul class="scores-line">
      {shown.map((metric) => (
        <li key={metric.evaluationId} class="row between">
          <span class="small soft scores-name">
            {metric.model} · {metric.task}
            {variantSuffix(metric.variant)}
          </span>
          <Estimate estimate={{ ...metric, unit: scoreUnit(metric) }} format={props.format} />
        </li>
      ))}
      {scores.length > shown.length && <li class="small soft">+{scores.length - shown.length}</li>}
    </ul>
  );
};
