// What the dashboard asks about a run, and the stream of what happens to it.
import { graphql, type ResultOf } from '../graphql/graphql.ts';

const metricFields = graphql(`
  fragment MetricFields on Metric {
    evaluationId name filter kind task model variant value n stderr ciLow ciHigh method higherIsBetter preliminary
  }
`);

const evaluationFields = graphql(`
  fragment EvaluationFields on Evaluation {
    id task model variant status error planned done failed
  }
`);

const progressFields = graphql(`
  fragment ProgressFields on Progress { done total failed rate etaSeconds }
`);

/** Everything of a run that its head and its Overview show. */
export const runQuery = graphql(
  `
    query Run($id: ID!) {
      run(id: $id) {
        id name status error limit createdAt startedAt finishedAt importedAt samplesPrunedAt pauseReason pauseParameters lastSequence
        suite { id name }
        progress { ...ProgressFields }
        evaluations { ...EvaluationFields }
        metrics { ...MetricFields }
        gates { passed message value }
        warnings { code evaluationId message }
      }
    }
  `,
  [progressFields, evaluationFields, metricFields],
);

/** What happens to a run after an event that was seen. */
export const runEventsSubscription = graphql(
  `
    subscription RunEvents($runId: ID!, $afterSequence: Int) {
      runEvents(runId: $runId, afterSequence: $afterSequence) {
        __typename
        runId
        sequence
        at
        ... on RunProgressEvent { status progress { ...ProgressFields } progressOf: evaluationId evaluationDone }
        ... on RunStatusEvent { status progress { ...ProgressFields } statusMessage: message pauseParameters }
        ... on EvaluationEvent { evaluation { ...EvaluationFields } }
        ... on MetricsEvent { metricsOf: evaluationId preliminary metrics { ...MetricFields } }
        ... on SampleFailedEvent { failedOf: evaluationId item reason failure: message }
        ... on LogEvent { level line: message }
        ... on GateEvent { gate { passed message value } }
        ... on WarningEvent { warning { code evaluationId message } }
      }
    }
  `,
  [progressFields, evaluationFields, metricFields],
);

/** A run as the server tells it. */
export type RunSnapshot = NonNullable<ResultOf<typeof runQuery>['run']>;

/** One thing that happened to a run. */
export type RunEvent = ResultOf<typeof runEventsSubscription>['runEvents'];

/** One cell of a run. */
export type RunEvaluation = RunSnapshot['evaluations'][number];

/** An aggregate of a run. */
export type RunMetric = RunSnapshot['metrics'][number];
