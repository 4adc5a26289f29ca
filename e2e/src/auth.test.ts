// People who sign in: the first administrator, a viewer who may not run, signing out.
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { axeFaults } from './axe.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { makeHome, type System, startSystem } from './system.ts';
import { until } from './until.ts';

const password = 'four random words here';

describe('with authentication on', () => {
  let system: System;
  let admin: Page;
  let viewer: Page;
  let handedOver = '';
  const thrown: string[] = [];

  testsInBrowser(async (browser) => {
    system = await startSystem(makeHome(), undefined, { BANCADA_AUTH: 'on' });
    admin = await (await browser.newContext({ viewport: sizes.desktop, locale: 'en-US' })).newPage();
    viewer = await (await browser.newContext({ viewport: sizes.phone, locale: 'en-US' })).newPage();
    for (const page of [admin, viewer]) page.on('pageerror', ({ message }) => thrown.push(message));
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  it('security: sessions: the first administrator is made with the code of the terminal', async () => {
    await until('the terminal shows the code', async () => system.output().includes('setup code:'), 10_000);
    const code = /setup code: (\S+)/.exec(system.output())?.[1] ?? '';
    await admin.goto(`${system.url}/runs`);
    await admin.waitForURL('**/setup');
    await faultless(admin);
    await admin.getByLabel('Setup code').fill('AAAA-BBBB-CCCC');
    await admin.getByLabel('User name').fill('root');
    await admin.getByLabel('Password', { exact: true }).fill(password);
    await admin.getByRole('button', { name: 'Create and sign in' }).click();
    await admin.getByText('the setup code is wrong').waitFor();
    await admin.getByLabel('Setup code').fill(code);
    await admin.getByRole('button', { name: 'Create and sign in' }).click();
    await admin.locator('.session-menu').getByText('root').waitFor();
  });

  it('an administrator makes a user, whose password is shown once', async () => {
    for (const part of ['account', 'tokens', 'audit', 'users']) {
      await admin.goto(`${system.url}/settings/${part}`);
      await admin.locator('.account-entry, table, .card p').first().waitFor();
      await faultless(admin);
    }
    await admin.setViewportSize(sizes.phone);
    await admin.goto(`${system.url}/settings/audit`);
    await admin.locator('.account-entry').getByText('set-up').waitFor();
    await faultless(admin);
    await admin.setViewportSize(sizes.desktop);
    await admin.goto(`${system.url}/settings/users`);
    await admin.getByLabel('User name').fill('Vera');
    await admin.getByRole('button', { name: 'Create a user' }).click();
    handedOver = (await admin.locator('.secret').textContent()) ?? '';
    expect(handedOver).toHaveLength(20);
    await admin.getByText('vera', { exact: false }).first().waitFor();
  });

  it('security: roles: a viewer signs in, reads, and is told who can grant what they may not', async () => {
    await viewer.goto(`${system.url}/suites`);
    await viewer.waitForURL('**/sign-in?next=%2Fsuites');
    await faultless(viewer);
    await viewer.getByLabel('User name').fill('vera');
    await viewer.getByLabel('Password', { exact: true }).fill('not the right one');
    await viewer.getByRole('button', { name: 'Sign in' }).click();
    await viewer.getByText('the name or the password is wrong').waitFor();
    await viewer.getByLabel('Password', { exact: true }).fill(handedOver);
    await viewer.getByRole('button', { name: 'Sign in' }).click();
    await viewer.waitForURL('**/suites');
    await viewer.locator('.session-menu').getByText('vera').waitFor();
    await viewer.goto(`${system.url}/new`);
    await viewer.getByText('No permission: root can grant it').first().waitFor({ state: 'attached' });
    await viewer.goto(`${system.url}/settings/users`);
    await viewer.getByText('Only administrators see this: root can grant it.').waitFor();
    await viewer.goto(`${system.url}/settings/account`);
    await viewer.locator('.account-entry').first().waitFor();
    await viewer.locator('.session-menu summary').click();
    await faultless(viewer);
    await viewer.goto(`${system.url}/new`);
    await viewer.locator('.notice').first().waitFor();
    await faultless(viewer);
  });

  it('security: sessions: signing out leaves nothing on the device and leads to the sign-in page', async () => {
    await viewer.goto(`${system.url}/suites`);
    await until('something is kept', async () => (await keptCopies(viewer)) > 0, 20_000);
    await viewer.locator('.session-menu summary').click();
    await viewer.getByRole('button', { name: 'Sign out' }).click();
    await viewer.waitForURL('**/sign-in');
    expect(await keptCopies(viewer)).toBe(0);
    await viewer.goto(`${system.url}/runs`);
    await viewer.waitForURL('**/sign-in?next=%2Fruns');
  });

  it('a session that an administrator ends leads back to the sign-in page', async () => {
    await viewer.getByLabel('User name').fill('vera');
    await viewer.getByLabel('Password', { exact: true }).fill(handedOver);
    await viewer.getByRole('button', { name: 'Sign in' }).click();
    await viewer.waitForURL('**/runs');
    await viewer.locator('.session-menu').getByText('vera').waitFor();
    await admin.goto(`${system.url}/settings/users`);
    await admin.getByRole('button', { name: 'Reset the password' }).last().click();
    await admin.locator('.secret').waitFor();
    await viewer.locator('.bottom-nav a[href="/compare"]').click();
    await viewer.waitForURL('**/sign-in?next=%2Fcompare');
  });

  it('threw no error in the browser, signed in or not', () => {
    expect(thrown).toEqual([]);
  });
});

async function faultless(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  expect(await axeFaults(page)).toEqual([]);
}

/** Entries of every store that holds what was read. */
function keptCopies(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('bancada-snapshot');
        opening.onerror = () => resolve(0);
        opening.onsuccess = () => {
          const database = opening.result;
          const stores = [...database.objectStoreNames];
          if (stores[0] === undefined) {
            database.close();
            resolve(0);
            return;
          }
          const counting = database.transaction(stores[0]).objectStore(stores[0]).count();
          counting.onsuccess = () => {
            database.close();
            resolve(counting.result);
          };
        };
      }),
  );
}
