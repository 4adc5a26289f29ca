// Takes a picture of every screen of accounts at both sizes, light and dark, on a system of its own. Usage: node e2e/screenshots-accounts.ts
import path from 'node:path';
import type { Page } from 'playwright-core';
import { sizes, startBrowser } from './src/browser.ts';
import { makeHome, startSystem } from './src/system.ts';
import { until } from './src/until.ts';

const folder = path.resolve(import.meta.dirname, '../docs/screenshots');
await using system = await startSystem(makeHome(), undefined, { BANCADA_AUTH: 'on' });
const browser = await startBrowser();
const page = await browser.newPage({ locale: 'en-US', reducedMotion: 'reduce', serviceWorkers: 'block' });
const password = 'four random words here';

await page.goto(`${system.url}/setup`);
await pictures(page, 'setup');
await until('the terminal shows the code', async () => system.output().includes('setup code:'), 10_000);
await page.getByLabel('Setup code').fill(/setup code: (\S+)/.exec(system.output())?.[1] ?? '');
await page.getByLabel('User name').fill('ada');
await page.getByLabel('Password', { exact: true }).fill(password);
await page.getByRole('button', { name: 'Create and sign in' }).click();
await page.locator('.session-menu').waitFor();
for (const name of ['grace', 'alan']) {
  await page.goto(`${system.url}/settings/users`);
  await page.getByLabel('User name').fill(name);
  await page.getByRole('button', { name: 'Create a user' }).click();
  await page.locator('.secret').waitFor();
}
for (const part of ['account', 'tokens', 'users', 'audit']) {
  await page.goto(`${system.url}/settings/${part}`);
  await pictures(page, part === 'account' ? 'account' : `account-${part}`);
}
await page.context().clearCookies();
await page.goto(`${system.url}/sign-in`);
await pictures(page, 'sign-in');
await browser.close();

async function pictures(shown: Page, name: string): Promise<void> {
  await shown.locator('h1').first().waitFor();
  for (const [size, viewport] of Object.entries(sizes)) {
    await shown.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await shown.emulateMedia({ colorScheme });
      await shown.waitForTimeout(600);
      await shown.screenshot({ path: path.join(folder, `${name}-${size}-${colorScheme}.png`) });
    }
  }
}
