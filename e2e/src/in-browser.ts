// The browser of a test file or of a block of tests: started before them, closed after them.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { startBrowser } from './browser.ts';

/**
 * Hands a browser to `begin` before the first test. Where no Chromium can be had, nothing begins and each test is
 * skipped with the reason.
 */
export function testsInBrowser(begin: (browser: Browser) => Promise<void>): void {
  const chromium = inject('chromium');
  let browser: Browser | undefined;
  beforeAll(async () => {
    if ('missing' in chromium) return;
    browser = await startBrowser(chromium);
    await begin(browser);
  });
  beforeEach(({ skip }) => {
    if ('missing' in chromium) skip(chromium.missing);
  });
  afterAll(() => browser?.close());
}
