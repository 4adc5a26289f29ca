// What a person does beside looking: menus and swipes, keys and the palette, columns and views, snippets.
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { cancelFirstRun, createRun, graphql, runState, scriptedSuite } from './api-client.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { type System, startSystem } from './system.ts';
import { until } from './until.ts';

describe('the dashboard in use', () => {
  let system: System;
  let desktop: Page;
  let phone: Page;
  const faults: string[] = [];

  testsInBrowser(async (browser) => {
    system = await startSystem();
    const locale = 'en-US';
    desktop = await (await browser.newContext({ viewport: sizes.desktop, locale })).newPage();
    phone = await (await browser.newContext({ viewport: sizes.phone, locale, hasTouch: true })).newPage();
    for (const page of [desktop, phone]) page.on('pageerror', (error) => faults.push(error.message));
    await cancelFirstRun(system.url);
    for (const name of ['alpha', 'beta']) {
      const id = await createRun(system.url, scriptedSuite(name, 0), 20);
      await until(
        `${name} ends`,
        async () => (await runState(system.url, id)).status === 'SUCCEEDED',
        60_000,
      );
    }
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  it('selects two runs by keys and compares them', async () => {
    await desktop.goto(`${system.url}/runs`);
    await desktop.getByRole('link', { name: 'beta', exact: true }).waitFor();
    for (const key of ['j', 'x', 'j', 'x', 'c']) await desktop.keyboard.press(key);
    await desktop.waitForURL(/\/compare\?runs=[^,]+,[^,]+$/);
    await desktop.getByRole('heading', { name: 'All scores' }).waitFor();
    const figure = (title: string) => desktop.locator('figure').filter({ hasText: title });
    const speed = figure('Quality against speed');
    await speed.scrollIntoViewIfNeeded();
    await speed.locator('.apexcharts-series-markers path').first().waitFor();
    expect(await speed.locator('figcaption').textContent()).toMatch(
      /no other is both better and faster than: [AB] · /,
    );
    const tasks = figure('Every task, every model');
    await tasks.scrollIntoViewIfNeeded();
    await tasks.locator('.apexcharts-heatmap-rect').nth(1).waitFor();
    await tasks.getByRole('button', { name: 'As a table' }).click();
    expect((await tasks.locator('tbody tr').allTextContents()).every((row) => /[AB] · .*%$/.test(row))).toBe(
      true,
    );
  });

  it('goes to a run from the palette, and to a page by two keys', async () => {
    await desktop.keyboard.press('Control+k');
    await desktop.getByRole('combobox', { name: 'A page, a run, a suite…' }).fill('alpha');
    await desktop.getByRole('option', { name: 'alpha' }).waitFor();
    await desktop.keyboard.press('Enter');
    await desktop.getByRole('heading', { level: 1, name: 'alpha' }).waitFor();
    await desktop.keyboard.press('g');
    await desktop.keyboard.press('s');
    await desktop.waitForURL(/\/suites$/);
  });

  it('keeps columns and filters under a name', async () => {
    await desktop.goto(`${system.url}/runs?q=alpha`);
    await desktop.getByRole('button', { name: 'View', exact: true }).click();
    await desktop.getByLabel('Duration').check();
    await desktop.getByLabel('Name of this view').fill('mine');
    await desktop.getByRole('button', { name: 'Save' }).click();
    await desktop.goto(`${system.url}/runs`);
    await desktop.getByRole('button', { name: 'View', exact: true }).click();
    await desktop.getByRole('button', { name: 'mine', exact: true }).click();
    await desktop.getByRole('columnheader', { name: 'Duration' }).waitFor();
    expect(new URL(desktop.url()).searchParams.get('q')).toBe('alpha');
  });

  it('narrows the samples by outcome and by a bar of the scores', async () => {
    const { runs } = await graphql<{ runs: { nodes: { id: string; name: string }[] } }>(
      system.url,
      '{ runs { nodes { id name } } }',
    );
    const alpha = runs.nodes.find(({ name }) => name === 'alpha')?.id ?? '';
    await desktop.goto(`${system.url}/runs/${alpha}/samples?task=tiny-choice`);
    const rows = desktop.locator('a.sample-id');
    await until('twenty samples are listed', async () => (await rows.count()) === 20, 15_000);
    await desktop.getByLabel('Outcome').selectOption('WRONG');
    const right = desktop.locator('.sample-table .badge', { hasText: 'Correct' });
    await until('the right ones are gone', async () => (await right.count()) === 0, 15_000);
    await desktop.goto(`${system.url}/runs/${alpha}/samples?task=tiny-choice`);
    await desktop.locator('.score-histogram button').first().click();
    await until('those with the lowest score are left', async () => (await right.count()) === 0, 15_000);
    expect(await rows.count()).toBeGreaterThan(0);
  });

  it('moves the table of a run that goes on', async () => {
    const id = await createRun(system.url, scriptedSuite('going', 200), 60);
    await desktop.goto(`${system.url}/runs/${id}`);
    const done = desktop.locator('tbody td.number').first();
    await done.waitFor();
    const before = await done.textContent();
    await until('its samples count up', async () => (await done.textContent()) !== before, 30_000);
    await graphql(system.url, 'mutation ($id: ID!) { cancelRun(id: $id) { __typename } }', { id });
  });

  it('says under a heading that nothing is at an address', async () => {
    for (const [address, heading, sentence] of [
      ['/nowhere', 'No such page', 'There is no page at this address.'],
      ['/runs/none', 'No such run', 'There is no run with this id. It may have been deleted.'],
      ['/models/none', 'Models', 'There is no such model.'],
    ] as const) {
      await desktop.goto(system.url + address);
      await desktop.getByRole('heading', { level: 1, name: heading }).waitFor();
      await desktop.getByText(sentence).waitFor();
    }
  });

  it('keeps both switches of a notice in view on a phone, in Portuguese too', async () => {
    const context = await phone.context().browser()?.newContext({ viewport: sizes.phone, locale: 'pt-BR' });
    const page = await context?.newPage();
    await page?.goto(`${system.url}/inbox`);
    const table = page?.locator('table.switches');
    await table?.locator('tbody tr').first().waitFor();
    const beyond = await table?.evaluate((element) => {
      const card = element.closest('.card')?.getBoundingClientRect();
      return element.getBoundingClientRect().right - (card?.right ?? 0);
    });
    expect(beyond).toBeLessThan(0);
    await context?.close();
  });

  it('gives programs the filters of the list', async () => {
    await desktop.goto(`${system.url}/developers?q=alpha&language=python`);
    await desktop.getByText('"search": "alpha"').waitFor();
  });

  it('shows the same actions by a swipe and in the menu, and deletes a run only after asking', async () => {
    await phone.goto(`${system.url}/runs`);
    const card = phone.locator('.run-swipe', { has: phone.getByRole('link', { name: 'beta', exact: true }) });
    await card.waitFor();
    await card.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
    await card.locator('.run-swiped button', { hasText: 'Delete' }).click();
    await phone.getByRole('button', { name: 'Keep it' }).click();
    await card.getByRole('button', { name: 'Actions for beta' }).click();
    const dialog = phone.locator('dialog[open]');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await card.waitFor({ state: 'detached' });
    const { runs } = await graphql<{ runs: { nodes: { name: string }[] } }>(
      system.url,
      '{ runs { nodes { name } } }',
    );
    expect(runs.nodes.map(({ name }) => name)).not.toContain('beta');
    expect(faults).toEqual([]);
  });
});
