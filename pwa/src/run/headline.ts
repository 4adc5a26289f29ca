// The scores that stand for a run where there is room for few.

interface HeadlineMetric {
  readonly evaluationId: string;
  readonly kind: string;
}

/** The first score of each evaluation: the one that the task names first. */
export function headlineScores<Metric extends HeadlineMetric>(metrics: readonly Metric[]): Metric[] {
  const seen = new Set<string>();
  return metrics.filter((metric) => {
    if (metric.kind !== 'score' || seen.has(metric.evaluationId)) return false;
    seen.add(metric.evaluationId);
    return true;
  });
}

/** Whether a score is between 0 and 1 by its numbers, and so can be written as percent. */
export function scoreUnit(metrics: readonly { value: number; ciHigh?: number | null }[]): 'ratio' | 'score' {
  return metrics.every((metric) => metric.value >= 0 && metric.value <= 1) ? 'ratio' : 'score';
}

/** `closed-book` is the ordinary case and needs no word. */
export function variantSuffix(variant: string): string {
  return variant === 'closed-book' ? '' : ` · ${variant}`;
}
