// What the page of comparisons reads.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { scoreFields } from '../../run/score-fields.ts';

/** Runs to choose from. */
export const comparableRunsQuery = graphql(`
  query ComparableRuns($filter: RunFilter) {
    runs(filter: $filter, first: 50) {
      nodes {
        id
        name
        status
        createdAt
        progress {
          done
          total
        }
      }
    }
  }
`);

/** Every score that the runs have in common, candidate minus baseline. */
export const comparisonQuery = graphql(
  `
    query Comparison($baseline: ID!, $candidates: [ID!]!) {
      compareRuns(baseline: $baseline, candidates: $candidates) {
        baseline {
          ...ComparedRun
        }
        candidates {
          ...ComparedRun
        }
        rows {
          candidateRunId
          task
          variant
          metric
          filter
          unit
          higherIsBetter
          baselineModel
          candidateModel
          baselineMean
          candidateMean
          n
          unpaired
          difference
          ciLow
          ciHigh
          pAdjusted
          test
          effectSize
          detectable
          fixedCount
          brokenCount
        }
      }
    }

    fragment ComparedRun on Run {
      id
      name
      status
      config
      metrics { evaluationId ...ScoreFields higherIsBetter }
    }
  `,
  [scoreFields],
);

/** The samples that only one of two runs has right. */
export const flipsQuery = graphql(`
  query Flips($baseline: ID!, $candidates: [ID!]!, $metric: String, $first: Int) {
    compareRuns(baseline: $baseline, candidates: $candidates, metric: $metric) {
      rows {
        candidateRunId
        task
        variant
        metric
        filter
        baselineModel
        candidateModel
        fixed(first: $first) {
          ...FlipParts
        }
        broken(first: $first) {
          ...FlipParts
        }
      }
    }
  }

  fragment FlipParts on Flip {
    itemId
    repeat
    baselineSample {
      id
      runId
      target
      prediction
    }
    candidateSample {
      id
      runId
      prediction
    }
  }
`);

/** A comparison as the page has it. */
export type Comparison = ResultOf<typeof comparisonQuery>['compareRuns'];

/** One task, variant and metric of two runs. */
export type ComparisonRow = Comparison['rows'][number];

/** A sample that one side has right and the other wrong. */
export type Flip = ResultOf<typeof flipsQuery>['compareRuns']['rows'][number]['fixed'][number];
