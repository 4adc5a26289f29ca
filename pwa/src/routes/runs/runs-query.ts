// The runs that an address asks for.
import { graphql, type VariablesOf } from '../../graphql/graphql.ts';
import { runRow } from '../../live/use-activity.ts';

/** One page of the list. */
export const runsQuery = graphql(
  `
    query Runs($filter: RunFilter, $sort: RunSort, $first: Int!, $after: String) {
      runs(filter: $filter, sort: $sort, first: $first, after: $after) {
        nodes { ...RunRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [runRow],
);

/** The states that a run can be in, in the order of its life. */
export const runStatuses = ['QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;

/** Orders of the list by their name in the address. */
export const runSorts = {
  newest: { field: 'CREATED_AT', direction: 'DESC' },
  oldest: { field: 'CREATED_AT', direction: 'ASC' },
  name: { field: 'NAME', direction: 'ASC' },
  status: { field: 'STATUS', direction: 'ASC' },
} as const;

/** Columns of the table beside the name, in their order. */
export const runColumns = ['status', 'models', 'scores', 'gates', 'progress', 'created', 'duration'] as const;

/** A column of the table. */
export type RunColumn = (typeof runColumns)[number];

const usualColumns: readonly RunColumn[] = ['status', 'scores', 'progress', 'created'];

/** The columns that `?cols=` names; the usual ones where it names none. */
export function shownColumns(search: string): readonly RunColumn[] {
  const named = (new URLSearchParams(search).get('cols') ?? '').split(',');
  const shown = runColumns.filter((column) => named.includes(column));
  return shown.length === 0 ? usualColumns : shown;
}

const pageSize = 25;

/** The query's variables as the address says: `?status=&q=&model=&sort=&after=`. */
export function runsVariables(search: string): VariablesOf<typeof runsQuery> {
  const values = new URLSearchParams(search);
  const status = runStatuses.find((name) => name === values.get('status'));
  const wanted = values.get('sort') ?? '';
  const sort = wanted in runSorts ? runSorts[wanted as keyof typeof runSorts] : runSorts.newest;
  return {
    filter: {
      status: status === undefined ? undefined : [status],
      search: values.get('q') || undefined,
      model: values.get('model') || undefined,
    },
    sort,
    first: pageSize,
    after: values.get('after') || undefined,
  };
}
