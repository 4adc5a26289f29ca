// Conditions under which a number should not be trusted as it stands.
import { isChanceLevel } from '../metric/chance-level.ts';
import type { RunWarning } from './event.ts';
import type { EvaluationRecord, MetricRecord } from './record.ts';
import type { EvaluationTotals } from './result-store.ts';

// Below this the interval of a mean is a rough guess (the usual rule of thumb for the central limit theorem).
const smallSample = 30;

/** The warnings of a finished evaluation. */
export function warningsOf(
  evaluation: EvaluationRecord,
  metrics: readonly MetricRecord[],
  totals: EvaluationTotals,
): RunWarning[] {
  const answered = totals.samples - totals.failed;
  const messages: Record<RunWarning['code'], string | undefined> = {
    CHANCE_LEVEL: chanceLevel(metrics, totals.chance),
    TRUNCATED_PROMPTS:
      totals.truncated > 0
        ? `${totals.truncated} of ${answered} prompts were longer than the context and lost their beginning`
        : undefined,
    FAILED_SAMPLES: failures(metrics, totals),
    LENGTH_STOPPED:
      totals.lengthStopped > 0
        ? `${totals.lengthStopped} of ${answered} answers ended at the length limit instead of a stop`
        : undefined,
    SMALL_SAMPLE:
      totals.samples > 0 && answered < smallSample
        ? `only ${answered} scored samples: intervals below ${smallSample} are rough`
        : undefined,
  };
  return (Object.entries(messages) as [RunWarning['code'], string | undefined][]).flatMap(
    ([code, message]) => (message === undefined ? [] : [{ code, evaluationId: evaluation.id, message }]),
  );
}

function chanceLevel(metrics: readonly MetricRecord[], chance: number | undefined): string | undefined {
  if (chance === undefined) return undefined;
  const covering = metrics.filter(
    (value) => value.kind === 'score' && value.metric.startsWith('acc') && isChanceLevel(value, chance),
  );
  if (covering.length === 0) return undefined;
  const names = covering.map(({ metric }) => metric).join(', ');
  return `the interval of ${names} covers ${Number(chance.toFixed(4))}, what guessing would score`;
}

function failures(metrics: readonly MetricRecord[], totals: EvaluationTotals): string | undefined {
  if (totals.failed === 0) return undefined;
  const reasons = metrics
    .filter(({ kind }) => kind === 'failure')
    .map(({ metric, value }) => `${metric.replace('failed_', '')} ${value}`);
  return `${totals.failed} of ${totals.samples} samples failed and count nowhere (${reasons.join(', ')})`;
}
