// Subscriptions over WebSocket and Server-Sent Events, while events are being appended.
import { appendActivity, appendEvents, type StreamEvent } from '@bancada/prisma';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ExampleRun, exampleRun } from '../fixture/example-run.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

let api: TestApi;
let run: ExampleRun;
let client: Client;

beforeAll(async () => {
  api = await startTestApi();
  run = await exampleRun(api.services);
  client = createClient({ url: `${api.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
});
afterAll(async () => {
  await client.dispose();
  await api.close();
});

const runEvents = `subscription ($id: ID!, $after: Int) { runEvents(runId: $id, afterSequence: $after) { __typename runId sequence at
  ... on RunProgressEvent { progress { done } evaluationId evaluationDone }
  ... on EvaluationEvent { evaluation { id model status } }
  ... on MetricsEvent { preliminary metrics { model name value stderr } }
  ... on RunStatusEvent { status reason: message pauseParameters } ... on LogEvent { level message } } }`;

interface Told {
  readonly __typename: string;
  readonly sequence: number;
}

async function take(id: string, after: number, count: number): Promise<Told[]> {
  const events: Told[] = [];
  for await (const { data, errors } of client.iterate<{ runEvents: Told }>({
    query: runEvents,
    variables: { id, after },
  })) {
    if (errors) throw new Error(JSON.stringify(errors));
    if (data) events.push(data.runEvents);
    if (events.length === count) break;
  }
  return events;
}

function progress(done: number): StreamEvent {
  return {
    type: 'samples.scored',
    evaluationId: run.evaluationIds[0] ?? '',
    evaluationDone: done,
    progress: { done, total: 1000, failed: 0, rate: 5, etaSeconds: undefined },
  };
}

test('a run is replayed from the given sequence', async () => {
  const events = await take(run.runId, 2, 2);
  expect(events).toMatchObject([
    { __typename: 'EvaluationEvent', sequence: 3, evaluation: { model: 'beta', status: 'SUCCEEDED' } },
    { __typename: 'EvaluationEvent', sequence: 4 },
  ]);
});

test('subscribers that come at any time see every event once and in order while three writers append', async () => {
  const { runId } = await exampleRun(api.services, { status: 'RUNNING' });
  const each = 60;
  const last = 4 + 3 * each;
  const subscribers = [0, 0, 30, 100].map(async (after, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 40));
    return { after, events: await take(runId, after, last - after) };
  });
  const writers = [0, 1, 2].map(async (writer) => {
    for (let index = 0; index < each; index += 1) {
      const connection = await api.database.pool.connect();
      try {
        await connection.query('begin');
        await appendEvents(connection, runId, [progress(writer * each + index)]);
        // Transactions overlap: sequences must still become visible in order.
        if (index % 7 === writer) await new Promise((resolve) => setTimeout(resolve, 5));
        await connection.query('commit');
      } finally {
        connection.release();
      }
    }
  });
  await Promise.all(writers);
  for (const { after, events } of await Promise.all(subscribers)) {
    const wanted = Array.from({ length: last - after }, (_, index) => after + index + 1);
    expect(events.map(({ sequence }) => sequence)).toEqual(wanted);
  }
});

test('metrics tell their cell, statuses their message', async () => {
  const pause = { code: 'DISK_FULL', node: 'box', folder: '/srv', freeBytes: 1, reserveBytes: 2 } as const;
  const { runId, evaluationIds } = await exampleRun(api.services, { status: 'RUNNING' });
  const listening = take(runId, 4, 3);
  await appendEvents(api.database.pool, runId, [
    {
      type: 'metrics.updated',
      evaluationId: evaluationIds[1] ?? '',
      preliminary: true,
      metrics: [
        {
          evaluationId: evaluationIds[1] ?? '',
          metric: 'acc',
          filter: 'none',
          value: 0.5,
          n: 10,
          method: 'wilson',
          kind: 'score',
          higherIsBetter: true,
        },
      ],
    },
    { type: 'log.written', level: 'warn', message: 'slow' },
    {
      type: 'run.status',
      status: 'PAUSED',
      message: 'the disk of box is nearly full',
      pause,
      progress: { done: 1, total: 2, failed: 0, rate: 0, etaSeconds: undefined },
    },
  ]);
  expect(await listening).toMatchObject([
    {
      __typename: 'MetricsEvent',
      preliminary: true,
      metrics: [{ model: 'beta', name: 'acc', value: 0.5, stderr: null }],
    },
    { __typename: 'LogEvent', level: 'warn' },
    {
      __typename: 'RunStatusEvent',
      status: 'PAUSED',
      reason: 'the disk of box is nearly full',
      pauseParameters: pause,
    },
  ]);
});

test('scripts follow a run by Server-Sent Events', async () => {
  const query = encodeURIComponent(
    `subscription { runEvents(runId: "${run.runId}", afterSequence: 0) { __typename sequence } }`,
  );
  const abort = new AbortController();
  const answer = await fetch(`${api.url}/graphql?query=${query}`, {
    headers: { accept: 'text/event-stream' },
    signal: abort.signal,
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += new TextDecoder().decode(chunk);
    if (text.includes('"sequence":4')) break;
  }
  abort.abort();
  expect(text.match(/"sequence":\d/g)).toEqual([
    '"sequence":1',
    '"sequence":2',
    '"sequence":3',
    '"sequence":4',
  ]);
});

test('a run that there is not ends the subscription with an error', async () => {
  await expect(take('019a0000-0000-7000-8000-000000000001', 0, 1)).rejects.toThrow('there is no run');
});

test('activity tells what happens from now on, with the run as it stands', async () => {
  const events = client.iterate<{ activity: unknown }>({
    query: 'subscription { activity { sequence kind runId run { name status } } }',
  });
  const first = events.next();
  await subscribed('activity');
  await appendActivity(api.database.pool, { kind: 'run.status', runId: run.runId });
  const { value } = await first;
  expect(value?.data?.activity).toMatchObject({
    kind: 'run.status',
    runId: run.runId,
    run: { name: 'example', status: 'SUCCEEDED' },
  });
  await events.return?.();
});

test('hardware tells each sample once', async () => {
  const events = client.iterate<{ hardware: { cpu: number; gpus: unknown[] } }>({
    query: 'subscription ($id: ID) { hardware(workerId: $id) { at cpu gpus { name } } }',
    variables: { id: run.workerId },
  });
  const seen: number[] = [];
  const reading = (async () => {
    for await (const { data } of events) {
      if (data) seen.push(data.hardware.cpu);
      if (seen.length === 3) break;
    }
  })();
  await subscribed('hardware');
  for (const cpu of [0.1, 0.2, 0.3]) {
    await api.database.prisma.hardwareSample.create({
      data: {
        workerId: run.workerId,
        at: new Date(),
        cpu,
        memoryUsedBytes: 1,
        memoryTotalBytes: 2,
        processRssBytes: 1,
        gpus: [],
      },
    });
    await api.database.pool.query(
      `select pg_notify('bancada_events', json_build_object('hardware', $1::text)::text)`,
      [run.workerId],
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await reading;
  expect(seen).toEqual([0.1, 0.2, 0.3]);
});

test('another site may not subscribe', async () => {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    origin: 'https://evil.example',
  });
  const status = await new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('error', () => {});
  });
  expect(status).toBe(403);
});

// Until the server has counted the subscription; the read that sets its start has then begun.
async function subscribed(field: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { values } = await api.services.telemetry.subscriptions.get();
    if (values.some(({ labels, value }) => labels.field === field && value > 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nobody subscribed to ${field}`);
}
