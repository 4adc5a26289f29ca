// Faults of a form by the field that they belong to.

/** One, as the API tells it. */
export interface RegisterIssue {
  readonly path: string;
  readonly message: string;
}

/** What is wrong with a field; undefined when nothing is. */
export function issueOf(issues: readonly RegisterIssue[], path: string): string | undefined {
  return issues.find((issue) => issue.path === path)?.message;
}

/** What belongs to none of the fields. */
export function otherIssues(issues: readonly RegisterIssue[], fields: readonly string[]): RegisterIssue[] {
  return issues.filter(({ path }) => !fields.includes(path));
}
