// The samples that an address asks for.
import { graphql, type ResultOf, type VariablesOf } from '../../graphql/graphql.ts';

/** One page of a run's samples. */
export const samplesQuery = graphql(`
  query Samples($id: ID!, $filter: SampleFilter, $sort: SampleSort, $first: Int!, $after: String) {
    run(id: $id) {
      id
      samples(filter: $filter, sort: $sort, first: $first, after: $after) {
        nodes {
          id task model variant item repeat itemId outcome failureReason failureMessage
          input target prediction score e2eMs promptTokens outputTokens
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** The first sample of a run with an outcome. */
export const firstSampleQuery = graphql(`
  query FirstSample($id: ID!, $filter: SampleFilter) {
    run(id: $id) { id samples(filter: $filter, first: 1) { nodes { id } } }
  }
`);

/** One row of the list. */
export type SampleRow = NonNullable<ResultOf<typeof samplesQuery>['run']>['samples']['nodes'][number];

/** The outcomes that can be asked for. */
export const sampleOutcomes = ['CORRECT', 'WRONG', 'FAILED', 'OK'] as const;

/** Orders of the list by their name in the address. */
export const sampleSorts = {
  item: { field: 'ITEM', direction: 'ASC' },
  worst: { field: 'SCORE', direction: 'ASC' },
  best: { field: 'SCORE', direction: 'DESC' },
  slowest: { field: 'LATENCY', direction: 'DESC' },
} as const;

const pageSize = 50;

/** The query's variables as the address says: `?outcome=&task=&model=&q=&min=&max=&sort=&after=`. */
export function samplesVariables(id: string, search: string): VariablesOf<typeof samplesQuery> {
  const values = new URLSearchParams(search);
  const wanted = values.get('sort') ?? '';
  return {
    id,
    filter: {
      outcome: sampleOutcomes.find((outcome) => outcome === values.get('outcome')),
      task: values.get('task') || undefined,
      model: values.get('model') || undefined,
      variant: values.get('variant') || undefined,
      search: values.get('q') || undefined,
      minScore: numberOf(values.get('min')),
      maxScore: numberOf(values.get('max')),
    },
    sort: wanted in sampleSorts ? sampleSorts[wanted as keyof typeof sampleSorts] : sampleSorts.item,
    first: pageSize,
    after: values.get('after') || undefined,
  };
}

function numberOf(text: string | null): number | undefined {
  const value = Number(text);
  return text === null || text === '' || !Number.isFinite(value) ? undefined : value;
}
