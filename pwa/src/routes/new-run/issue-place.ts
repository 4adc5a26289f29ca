// Which field of the form a fault of the suite belongs to.

/** The groups of fields, in the order of the steps. */
export const places = ['models', 'tasks', 'retrieval', 'limits', 'queue', 'general'] as const;

/** Where a fault is shown. */
export type IssuePlace = (typeof places)[number];

/** One thing wrong with the suite, as the API tells it; `path` is like `rag.0.chunker.size`. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

const byFirstKey: Readonly<Record<string, IssuePlace>> = {
  models: 'models',
  tasks: 'tasks',
  rag: 'retrieval',
  generation: 'limits',
  limit: 'limits',
  priority: 'queue',
  repeat: 'limits',
  seed: 'limits',
};

/** The group of fields that a path of the suite is set by. */
export function issuePlace(path: string): IssuePlace {
  const keys = path.split(/[.[\]/]/).filter((key) => key !== '' && !['input', 'suite'].includes(key));
  return byFirstKey[keys[0] ?? ''] ?? 'general';
}

/** The faults of one group. */
export function issuesAt(issues: readonly Issue[], place: IssuePlace): Issue[] {
  return issues.filter((issue) => issuePlace(issue.path) === place);
}

/** The message without what the page shows beside it: the file's name and line, and the path. */
export function issueWords(issue: Issue): { readonly line: string | undefined; readonly words: string } {
  const place = /^[^\s:]+\.(?:ya?ml|json):(\d+): /.exec(issue.message);
  const rest = place === null ? issue.message : issue.message.slice(place[0].length);
  const words = rest.startsWith(`${issue.path}: `) ? rest.slice(issue.path.length + 2) : rest;
  return { line: place?.[1], words };
}

/** The fault of the field whose path ends with `key`, in words; undefined when there is none. */
export function faultOf(issues: readonly Issue[], place: IssuePlace, key: string): string | undefined {
  const issue = issuesAt(issues, place).find(({ path }) => path.split(/[.[\]/]/).includes(key));
  return issue === undefined ? undefined : issueWords(issue).words;
}
