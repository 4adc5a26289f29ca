// Holm's correction: p values of several comparisons that are looked at together.

/** Adjusted p values in the given order (Holm 1979; statsmodels `multipletests(method='holm')`). */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).sort((a, b) => (p[a] as number) - (p[b] as number));
  const adjusted = p.slice();
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (p[index] as number) * (p.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
