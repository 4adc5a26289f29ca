// What is on a screen stays where it is while the rest arrives: cumulative layout shift on a slow processor.
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { cancelFirstRun, createRun, runState, scriptedSuite } from './api-client.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { screens } from './screens.ts';
import { type System, startSystem } from './system.ts';
import { until } from './until.ts';
import { visit } from './visit.ts';

// Web Vitals' bound of "good".
const most = 0.1;
const slowdown = 6;
const main =
  /^(home|runs|run-overview|run-hardware|compare|suites|suite|tasks|task|prompts|models|datasets|queue|schedules|inbox|hardware|settings)$/;
// What is live moves after it stands too.
const live = /^(home|runs|queue|hardware)$/;

let system: System;
let page: Page;

testsInBrowser(async (browser) => {
  system = await startSystem();
  await cancelFirstRun(system.url);
  const context = await browser.newContext({ locale: 'en-US', serviceWorkers: 'block' });
  page = await context.newPage();
  await page.addInitScript(() => {
    const shifts: unknown[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(entry.toJSON());
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

it.each(['phone', 'desktop'] as const)('no main screen jumps on a %s', async (size) => {
  await page.setViewportSize(sizes[size]);
  const done = await createRun(system.url, scriptedSuite('quick', 0), 5);
  await until('it ends', async () => (await runState(system.url, done)).status === 'SUCCEEDED', 60_000);
  // Something moves on the screens of what is live.
  await createRun(system.url, scriptedSuite('slow', 400), 200);
  const jumps: string[] = [];
  for (const { name, path } of (await screens(system.url, done)).filter((one) => main.test(one.name))) {
    await visit(page, system.url + path);
    if (live.test(name)) await page.waitForTimeout(2_000);
    const shift = await shifted();
    if (shift >= most) jumps.push(`${name}: ${shift.toFixed(3)}`);
  }
  expect(jumps).toEqual([]);
});

it('the first scores of a run have their place when they come', async () => {
  await page.setViewportSize(sizes.phone);
  const run = await createRun(system.url, scriptedSuite('late', 5_000), 200);
  await page.goto(`${system.url}/runs/${run}`);
  await page.getByText('No score yet').waitFor();
  await page.getByRole('heading', { name: /^Scores/ }).waitFor({ timeout: 30_000 });
  await page.waitForTimeout(2_000);
  expect(await shifted()).toBeLessThan(most);
});

/** Cumulative layout shift of the page so far. */
function shifted(): Promise<number> {
  return page.evaluate(() => {
    const { shifts } = window as unknown as { shifts: { value: number; hadRecentInput: boolean }[] };
    return shifts.reduce((sum, { value, hadRecentInput }) => (hadRecentInput ? sum : sum + value), 0);
  });
}
