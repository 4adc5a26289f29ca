// From an event that a worker appends to the screen of a real browser: the run's page, painted.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { startApiProcess } from '../../api/bench/api-process.ts';
import { appendEvents, createTestDatabase, type TestDatabase } from '../../prisma/src/index.ts';
import { findChromium, sizes, startBrowser } from '../src/browser.ts';
import type { Chromium } from '../src/fetch-chromium.ts';

const events = 80;
const warmUp = 10;
// What a run tells at most.
const everyMs = 250;
const limitMs = 250;
const name = 'event: append by a worker to the painted page, p95';

/** What the page shows, and when it was painted: milliseconds since 1970. */
interface Sight {
  readonly done: number;
  readonly at: number;
}

const chromium = await findChromium();
if ('missing' in chromium) print({ name, value: 0, unit: 'ms', note: `not measured: ${chromium.missing}` });
else await measure(chromium);

async function measure(found: Chromium): Promise<void> {
  const database = await createTestDatabase();
  const api = await startApiProcess(database.url);
  const browser = await startBrowser(found);
  try {
    const { id } = await database.prisma.run.create({
      data: { name: 'bench', config: '', status: 'RUNNING', startedAt: new Date(), total: events + warmUp },
    });
    const page = await browser.newPage({ viewport: sizes.desktop, locale: 'en-US' });
    await page.goto(`${api.url}/runs/${id}`);
    await page.getByTestId('progress').first().waitFor({ timeout: 30_000 });
    await watch(page);
    await sleep(1_000);
    const begun = await tellEvents(database, id);
    await sleep(2_000);
    const seen = await page.evaluate(() => (window as unknown as { sights: Sight[] }).sights);
    const latencies = begun.slice(warmUp).map(({ done, at }) => {
      // A later event may be painted in the place of an earlier one.
      const sight = seen.find((one) => one.done >= done);
      return sight === undefined ? Number.POSITIVE_INFINITY : sight.at - at;
    });
    const [median, p95] = [quantile(latencies, 0.5), quantile(latencies, 0.95)];
    print({
      name,
      value: Math.round(p95),
      unit: 'ms',
      limit: `< ${limitMs}`,
      pass: p95 < limitMs,
      note: `${events} events, one every ${everyMs} ms, over Postgres, API and WebSocket into Chromium; median ${Math.round(median)} ms, worst ${Math.round(Math.max(...latencies))} ms`,
    });
  } finally {
    await browser.close();
    await api.stop();
    await database.close();
  }
}

// As the worker tells: counters and event in one transaction.
async function tellEvents({ pool }: TestDatabase, runId: string): Promise<Sight[]> {
  const begun: Sight[] = [];
  const total = events + warmUp;
  for (let done = 1; done <= total; done += 1) {
    const client = await pool.connect();
    begun.push({ done, at: Date.now() });
    await client.query('begin');
    await client.query('update "Run" set done = $2 where id = $1', [runId, done]);
    const progress = { done, total, failed: 0, rate: 4, etaSeconds: (total - done) / 4 };
    await appendEvents(client, runId, [
      { type: 'samples.scored', evaluationId: crypto.randomUUID(), evaluationDone: done, progress },
    ]);
    await client.query('commit');
    client.release();
    await sleep(everyMs);
  }
  return begun;
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sights: { done: number; at: number }[] = [];
    Object.assign(window, { sights });
    let shown = 0;
    const look = () => {
      const text = document.querySelector('[data-testid=progress]')?.textContent ?? '';
      const done = Number(/^[\d,.]+/.exec(text)?.[0].replaceAll(/\D/g, '') ?? 0);
      if (done === shown) return;
      shown = done;
      // The frame after the change is the one that shows it.
      requestAnimationFrame(() => sights.push({ done, at: Date.now() }));
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.POSITIVE_INFINITY;
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
