// Queries that GraphiQL opens with: one of each kind, to be run as they are.

interface Tab {
  readonly query: string;
  readonly variables?: string;
}

/** Shown where the browser remembers no tabs of its own. */
export const exampleTabs: Tab[] = [
  {
    query: `# The latest runs with their scores.
query LatestRuns {
  runs(first: 5) {
    totalCount
    nodes {
      id
      name
      status
      progress { done total failed rate etaSeconds }
      metrics { task model variant name value ciLow ciHigh n }
    }
  }
}
`,
  },
  {
    query: `# Start a run from a suite's text. What is wrong with it comes back as issues.
mutation Start($suite: String!) {
  createRun(input: { suite: $suite, limit: 20 }, idempotencyKey: "my-first-run") {
    ... on MutationCreateRunSuccess { data { id name status } }
    ... on ValidationError { issues { path message value } }
    ... on Error { message }
  }
}
`,
    variables: JSON.stringify(
      { suite: 'name: first\nmodels: [bancada-tiny]\ntasks: [tiny-facts]\n' },
      undefined,
      2,
    ),
  },
  {
    query: `# Follow a run: everything from its beginning, then live.
subscription Follow($run: ID!) {
  runEvents(runId: $run, afterSequence: 0) {
    __typename
    sequence
    ... on RunStatusEvent { status message }
    ... on RunProgressEvent { progress { done total rate etaSeconds } }
    ... on MetricsEvent { preliminary metrics { task model name value ciLow ciHigh } }
  }
}
`,
    variables: '{ "run": "" }',
  },
  {
    query: `# What went wrong, worst first.
query Wrong($run: ID!) {
  run(id: $run) {
    samples(first: 10, filter: { outcome: WRONG }, sort: { field: SCORE, direction: ASC }) {
      nodes { task model itemId input target prediction scores { metric value } }
    }
  }
}
`,
    variables: '{ "run": "" }',
  },
];
