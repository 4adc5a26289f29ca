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

const notShares = /perplexity|bits_per|loss|bleu|chrf|^ter$/;

/** `ratio` for a score that is a share of 1 and can be written as percent; `score` for perplexities and their like. */
export function scoreUnit(metric: { readonly name: string; readonly value: number }): 'ratio' | 'score' {
  return metric.value >= 0 && metric.value <= 1 && !notShares.test(metric.name) ? 'ratio' : 'score';
}

/** `closed-book` is the ordinary case and needs no word. */
export function variantSuffix(variant: string): string {
  return variant === 'closed-book' ? '' : ` · ${variant}`;
}
