// A person's way through the dashboard, on a phone and on a desktop: first start, sample, new run, control, export, offline.
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { cancelFirstRun, createRun, runState, scriptedSuite } from './api-client.ts';
import { axeFaultsAt } from './axe.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { screens } from './screens.ts';
import { type System, startSystem } from './system.ts';
import { until } from './until.ts';

describe.each(['phone', 'desktop'] as const)('on a %s', (size) => {
  let system: System;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  testsInBrowser(async (browser) => {
    system = await startSystem();
    context = await browser.newContext({
      viewport: sizes[size],
      locale: 'en-US',
      acceptDownloads: true,
      hasTouch: size === 'phone',
    });
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  it('shows the first run move without a reload', async () => {
    await page.goto(system.url);
    const progress = page.getByTestId('progress').first();
    await progress.waitFor({ timeout: 30_000 });
    await page.evaluate(() => document.documentElement.setAttribute('data-same-page', ''));
    const before = await progress.textContent();
    await until('the progress moves', async () => (await progress.textContent()) !== before, 60_000);
    expect(await page.locator('html[data-same-page]').count()).toBe(1);
    await cancelFirstRun(system.url);
  });

  it('opens a sample that was answered wrongly', async () => {
    const id = await createRun(system.url, scriptedSuite('wrong answers', 0), 5);
    await until('the run ends', async () => (await runState(system.url, id)).status === 'SUCCEEDED', 30_000);
    await page.goto(`${system.url}/runs/${id}/samples?outcome=INCORRECT`);
    await page.locator('a.sample-id').first().click();
    await page.waitForURL(/\/samples\/.+/);
    await page.getByText('no', { exact: true }).first().waitFor();
  });

  it('creates a run, pauses, resumes and cancels it', async () => {
    await page.goto(`${system.url}/new`);
    await page.locator('input[name=source][value=text]').check();
    await page.locator('#suite-yaml').fill(scriptedSuite('by hand', 200));
    if (size === 'phone') await page.getByRole('button', { name: 'Next' }).click();
    const start = page.locator('#step-review .button.primary:not([aria-disabled])');
    await start.click({ timeout: 20_000 });
    await page.waitForURL(/\/runs\/[^/]+$/);
    const id = new URL(page.url()).pathname.split('/')[2] ?? '';
    const reaches = (status: string) =>
      until(`the run is ${status}`, async () => (await runState(system.url, id)).status === status, 15_000);
    await until('samples are finished', async () => (await runState(system.url, id)).done > 0, 20_000);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await reaches('PAUSED');
    await page.getByText('Somebody paused the run.').waitFor();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await reaches('RUNNING');
    await page.getByText('Somebody paused the run.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
    await page.locator('dialog[open]').getByRole('button', { name: 'Cancel', exact: true }).click();
    await reaches('CANCELLED');
  });

  it('exports the samples as CSV', async () => {
    await page.locator('details.menu summary').first().click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[href*="/samples?format=csv"]').first().click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines[0]).toContain('task');
    expect(lines.length).toBeGreaterThan(1);
  });

  it('shows the run offline, and is live again afterwards', async () => {
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'by hand' }).waitFor();
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'by hand' }).waitFor();
    await page.getByRole('status').getByText('Offline', { exact: true }).first().waitFor();
    await context.setOffline(false);
    await page
      .getByRole('status')
      .getByText(/^(Live|Ready)$/)
      .first()
      .waitFor({ timeout: 15_000 });
  });

  it('has no fault that axe finds, on any screen, in the light and in the dark', async () => {
    const paths = (await screens(system.url)).map(({ path }) => path);
    expect(await axeFaultsAt(page, system.url, paths)).toEqual([]);
  });

  it('threw no error in the browser, and ends within 10 s of Ctrl-C', async () => {
    expect(faults).toEqual([]);
    const { code, ms } = await system.stop();
    expect(code).toBe(130);
    expect(ms).toBeLessThan(10_000);
  });
});
