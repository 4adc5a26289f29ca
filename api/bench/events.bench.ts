// From an event's append to its subscribers over WebSocket: one alone, then two hundred on one run, with the API's memory.
// node api/bench/events.bench.ts prints one JSON line a result.
import { setTimeout as sleep } from 'node:timers/promises';
import { appendEvents, createTestDatabase, type TestDatabase } from '@bancada/prisma';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type ApiProcess, startApiProcess } from './api-process.ts';

const subscribers = 200;
const events = 80;
// What a run tells at most.
const everyMs = 250;

interface Delivery {
  readonly latencies: number[];
  readonly expected: number;
}

const database = await createTestDatabase();
const api = await startApiProcess(database.url);
try {
  const idle = await api.memory();
  report(
    'event: append to one subscriber, p95',
    quantile((await deliver(database, api, 1, 20)).latencies, 0.95),
    250,
    '20 events, warm-up',
  );
  const alone = await deliver(database, api, 1, events);
  report('event: append to one subscriber, p95', quantile(alone.latencies, 0.95), 250, told(alone));
  const many = await deliver(database, api, subscribers, events);
  const memory = await api.memory();
  report(
    `event: append to each of ${subscribers} subscribers, p99`,
    quantile(many.latencies, 0.99),
    500,
    told(many),
  );
  const megabytes = Math.round(memory / 1e6);
  print({
    name: `API memory with ${subscribers} subscribers`,
    value: megabytes,
    unit: 'MB',
    limit: '< 300',
    pass: megabytes < 300,
    note: `resident; ${Math.round(idle / 1e6)} MB before the first`,
  });
} finally {
  await api.stop();
  await database.close();
}

async function deliver(
  { pool, prisma }: TestDatabase,
  { url }: ApiProcess,
  clients: number,
  count: number,
): Promise<Delivery> {
  const { id } = await prisma.run.create({ data: { name: 'bench', config: '' } });
  const latencies: number[] = [];
  const ready = Promise.withResolvers<void>();
  let opened = 0;
  const query = `subscription { runEvents(runId: "${id}", afterSequence: 0) { sequence ... on LogEvent { message } } }`;
  const open: Client[] = [];
  for (let index = 0; index < clients; index += 1) {
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      lazy: true,
    });
    open.push(client);
    client.subscribe<{ runEvents: { sequence: number; message: string } }>(
      { query },
      {
        next({ data }) {
          if (data?.runEvents.sequence === 1) {
            opened += 1;
            if (opened === clients) ready.resolve();
          } else latencies.push(performance.now() - Number(data?.runEvents.message));
        },
        error: ready.reject,
        complete() {},
      },
    );
  }
  // The first event is there before they come, or comes to them: who has it listens.
  await appendEvents(pool, id, [{ type: 'log.written', level: 'info', message: 'first' }]);
  await ready.promise;
  for (let index = 0; index < count; index += 1) {
    const message = String(performance.now());
    await appendEvents(pool, id, [{ type: 'log.written', level: 'info', message }]);
    await sleep(everyMs);
  }
  await sleep(1_000);
  for (const client of open) await client.dispose();
  return { latencies, expected: clients * count };
}

function told({ latencies, expected }: Delivery): string {
  const [p50, worst] = [quantile(latencies, 0.5), Math.max(...latencies)];
  return `${latencies.length} of ${expected} arrived; p50 ${p50.toFixed(1)} ms, worst ${worst.toFixed(1)} ms; 4 events a second`;
}

function report(name: string, value: number, limit: number, note: string): void {
  if (note.endsWith('warm-up')) return;
  const complete = note.startsWith(`${subscribers * events} of`) || note.startsWith(`${events} of`);
  print({
    name,
    value: Number(value.toFixed(1)),
    unit: 'ms',
    limit: `< ${limit}`,
    pass: value < limit && complete,
    note,
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
