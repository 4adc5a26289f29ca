// A score of a run as suites and comparisons read it.
import { graphql } from '../graphql/graphql.ts';

/** What it is of, its value and its interval. */
export const scoreFields = graphql(`
  fragment ScoreFields on Metric { name kind task model variant value ciLow ciHigh }
`);
