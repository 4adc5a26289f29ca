// How a file comes to the upload page besides being picked: shared by another app, dropped; and an upload that is stopped half-way.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { cancelFirstRun, graphql } from './api-client.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { type System, startSystem } from './system.ts';
import { until } from './until.ts';

let system: System;
let page: Page;

testsInBrowser(async (browser) => {
  system = await startSystem();
  await cancelFirstRun(system.url);
  const context = await browser.newContext({ viewport: sizes.desktop, locale: 'en-US' });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

const rows = (count: number, padding = '') =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ question: `${n} + 1 = ?`, answer: n + 1, padding }),
  ).join('\n');

it('takes a file that another app shares, through the service worker', async () => {
  await page.goto(`${system.url}/datasets`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // A page that was there before its service worker is not its own.
  await page.reload();
  await until(
    'the service worker has the page',
    () => page.evaluate(() => navigator.serviceWorker.controller !== null),
    10_000,
  );
  // As the browser does for a share: a POST of a form by which it leaves the page.
  await page.evaluate((text) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'POST', action: '/datasets/share', enctype: 'multipart/form-data' });
    const input = Object.assign(document.createElement('input'), { type: 'file', name: 'file' });
    const given = new DataTransfer();
    given.items.add(new File([text], 'Fichas de soma.jsonl', { type: 'application/jsonl' }));
    input.files = given.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  }, rows(3));
  await page.waitForURL(`${system.url}/datasets/new`);
  await page.getByText('Fichas de soma.jsonl', { exact: false }).first().waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('fichas-de-soma');
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.waitForURL('**/datasets/fichas-de-soma');
  await page.getByText('2 + 1 = ?').first().waitFor();
  // It is taken once.
  await page.goto(`${system.url}/datasets/new`);
  await page.locator('.drop').waitFor();
  await page.waitForTimeout(500);
  expect(await page.getByText('Fichas de soma', { exact: false }).count()).toBe(0);
});

it('takes a file that is dropped', async () => {
  const file = path.join(system.home, 'dropped.jsonl');
  writeFileSync(file, rows(4));
  await page.goto(`${system.url}/datasets/new`);
  const target = page.locator('.drop');
  const box = await target.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 40];
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x, y, data });
  await target.getByText('dropped.jsonl', { exact: false }).waitFor();
  expect(page.url()).toBe(`${system.url}/datasets/new`);
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.waitForURL('**/datasets/dropped');
  await page.getByText('3 + 1 = ?').first().waitFor();
});

it('leaves nothing on the disk of an upload that is stopped', async () => {
  const folder = path.join(system.home, 'staging');
  const staged = () =>
    existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  await page.goto(`${system.url}/datasets/new`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 };
  await devtools.send('Network.emulateNetworkConditions', slow);
  const buffer = Buffer.from(rows(20_000, 'x'.repeat(1_000)));
  await page.setInputFiles('input[type=file]', {
    name: 'stopped.jsonl',
    mimeType: 'application/jsonl',
    buffer,
  });
  await page.getByRole('button', { name: 'Upload' }).click();
  await until('some of it has come', async () => staged().length > 0, 20_000);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The upload was cancelled; nothing was kept.').waitFor();
  await until('nothing of it is left', async () => staged().length === 0, 10_000);
  const { datasets } = await graphql<{ datasets: { nodes: { name: string }[] } }>(
    system.url,
    '{ datasets(search: "stopped") { nodes { name } } }',
  );
  expect(datasets.nodes).toEqual([]);
  // The same file can be sent again.
  await devtools.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.waitForURL('**/datasets/stopped');
});
