// Which runs the address names: `?runs=a,b`, the baseline first.

/** As many as fit beside each other. */
export const mostRuns = 6;

/** The ids, without repeats, at most six. */
export function runsInAddress(value: string): string[] {
  const ids = value
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
  return [...new Set(ids)].slice(0, mostRuns);
}

/** The address of a comparison. */
export function compareHref(ids: readonly string[]): string {
  return `/compare?runs=${ids.map(encodeURIComponent).join(',')}`;
}

/** The ids with another one as the baseline; the others keep their order. */
export function withBaseline(ids: readonly string[], baseline: string): string[] {
  return [baseline, ...ids.filter((id) => id !== baseline)];
}
