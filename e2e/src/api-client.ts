// What the tests ask of the API beside the browser.
import { setTimeout as sleep } from 'node:timers/promises';

/** A suite of the scripted provider: `latencyMs` for each answer, one after the other. */
export function scriptedSuite(name: string, latencyMs: number): string {
  return `name: ${name}
models:
  - {provider: scripted, name: echo, answer: "no", loglikelihood: hash, latency_ms: ${latencyMs}, concurrency: 2}
tasks: [tiny-arithmetic, tiny-choice]
`;
}

/** @throws Error with the errors that GraphQL tells. */
export async function graphql<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** Creates a run of a suite's YAML. @returns its id. */
export async function createRun(url: string, yaml: string, limit?: number): Promise<string> {
  const { createRun: outcome } = await graphql<{ createRun: { data?: { id: string }; message?: string } }>(
    url,
    `mutation ($input: RunInput!) { createRun(input: $input) {
      ... on MutationCreateRunSuccess { data { id } } ... on Error { message } } }`,
    { input: { suite: yaml, limit } },
  );
  if (outcome.data === undefined) throw new Error(outcome.message);
  return outcome.data.id;
}

/** Status, and samples finished. */
export async function runState(url: string, id: string): Promise<{ status: string; done: number }> {
  const { run } = await graphql<{ run: { status: string; progress: { done: number } } }>(
    url,
    'query ($id: ID!) { run(id: $id) { status progress { done } } }',
    { id },
  );
  return { status: run.status, done: run.progress.done };
}

/** Cancels the run that a first start queues, once it is there. */
export async function cancelFirstRun(url: string): Promise<void> {
  for (;;) {
    const { runs } = await graphql<{ runs: { nodes: { id: string }[] } }>(
      url,
      '{ runs(first: 1) { nodes { id } } }',
    );
    const [first] = runs.nodes;
    if (first === undefined) {
      await sleep(100);
      continue;
    }
    await graphql(url, 'mutation ($id: ID!) { cancelRun(id: $id) { __typename } }', { id: first.id });
    return;
  }
}
