// The rules of retention in a browser: what they would delete, a fault beside its field, saved; nothing for axe to find.
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { cancelFirstRun, graphql } from './api-client.ts';
import { axeFaults } from './axe.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { type System, startSystem } from './system.ts';

describe('the rules of retention', () => {
  let system: System;
  let page: Page;

  testsInBrowser(async (browser) => {
    system = await startSystem();
    page = await (await browser.newContext({ viewport: sizes.phone, locale: 'en-US' })).newPage();
    await cancelFirstRun(system.url);
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  it('are looked at, refused with the reason, and saved', async () => {
    await page.goto(`${system.url}/settings`);
    await page.getByRole('link', { name: 'Rules and disks' }).click();
    await page.waitForURL('**/settings/retention');
    const samples = page.getByRole('group', { name: 'Rule 1' });
    await samples.getByLabel('Keep days').fill('0');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await samples.getByRole('alert').waitFor();
    expect(await samples.getByRole('alert').textContent()).toContain('1 to 36500 days');
    await samples.getByLabel('Keep days').fill('90');
    await samples.getByLabel('Keep last runs').fill('20');
    await page.getByRole('button', { name: 'What would go' }).click();
    await page.getByText('Now this would delete 0 samples').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    const { retentionRules } = await graphql<{ retentionRules: unknown[] }>(
      system.url,
      '{ retentionRules { subject keepDays keepRuns } }',
    );
    expect(retentionRules).toContainEqual({ subject: 'SAMPLES', keepDays: 90, keepRuns: 20 });
  });

  it.each(['phone', 'desktop'] as const)('fit a %s, and axe finds nothing', async (size) => {
    await page.setViewportSize(sizes[size]);
    await page.goto(`${system.url}/settings/retention`);
    await page.getByRole('group', { name: 'Rule 1' }).waitFor();
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/retention-${size}.png`, fullPage: true });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(sizes[size].width);
    expect(await axeFaults(page)).toEqual([]);
  });
});
