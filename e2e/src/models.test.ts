// A person registers an endpoint, sees what it can do, runs a suite on it, and reads why a task is blocked; a GGUF file by upload.
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { startTestEndpoint, type TestEndpoint } from '../../core/src/model/test-endpoint.ts';
import { cancelFirstRun, runState } from './api-client.ts';
import { axeFaults } from './axe.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { type System, startSystem } from './system.ts';
import { until } from './until.ts';

const key = 'sk-CANARY-e2e-0123456789';
const tiny = path.resolve(import.meta.dirname, '../../data/models/bancada-tiny/bancada-tiny.gguf');

let system: System;
let context: BrowserContext;
let page: Page;
let endpoint: TestEndpoint;

testsInBrowser(async (browser) => {
  endpoint = await startTestEndpoint({ echo: 'generated', modern: true });
  system = await startSystem();
  context = await browser.newContext({ viewport: sizes.phone, locale: 'en-US', hasTouch: true });
  page = await context.newPage();
  await cancelFirstRun(system.url);
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await endpoint?.close();
});

it('an endpoint is probed before one’s eyes and registered', async () => {
  await page.goto(`${system.url}/models`);
  await page.getByRole('link', { name: 'Register a model' }).click();
  await page.locator('#base-url').fill(endpoint.url);
  await page.locator('#api-key').fill(key);
  await page.getByRole('button', { name: 'Probe', exact: true }).click();
  const probe = page.getByTestId('probe');
  await page.locator('[data-testid=probe][data-status=found]').waitFor({ timeout: 30_000 });
  await probe.getByText('Chat', { exact: true }).waitFor();
  await probe.getByText('no Log-probabilities of text').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(await page.locator('#name').inputValue()).toBe('toy');
  await page.locator('#name').fill('my-endpoint');
  await page.locator('.button.primary', { hasText: 'Register a model' }).click();
  await page.waitForURL(/\/models\/[0-9a-f-]{36}$/);
  await page.getByText('kept, encrypted').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(await page.content()).not.toContain('CANARY');
});

it('a new run offers it; what it cannot do is blocked with the reason, the rest runs', async () => {
  await page.goto(`${system.url}/new`);
  await page.locator('input[name=source][value=text]').check();
  const suite = (tasks: string) => `name: on my endpoint\nmodels: [my-endpoint]\ntasks: [${tasks}]\n`;
  await page.locator('#suite-yaml').fill(suite('tiny-arithmetic, tiny-choice'));
  await page.getByRole('button', { name: 'Next' }).click();
  await page
    .getByText(/my-endpoint cannot run the task tiny-choice/)
    .first()
    .waitFor({ timeout: 20_000 });
  await page
    .getByText(/generates only/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.locator('#suite-yaml').fill(suite('{task: tiny-arithmetic, limit: 3}'));
  await page.getByRole('button', { name: 'Next' }).click();
  await page.locator('#step-review .button.primary:not([aria-disabled])').click({ timeout: 20_000 });
  await page.waitForURL(/\/runs\/[^/]+$/);
  const id = new URL(page.url()).pathname.split('/')[2] ?? '';
  await until('the run ends', async () => (await runState(system.url, id)).status === 'SUCCEEDED', 30_000);
  const generations = endpoint.seen.filter(({ path: asked }) => asked.endsWith('completions'));
  expect(generations.every(({ headers }) => headers.authorization === `Bearer ${key}`)).toBe(true);
  for (const format of ['csv', 'json', 'sqlite', 'markdown']) {
    const text = await (await fetch(`${system.url}/api/v1/runs/${id}/export?format=${format}`)).text();
    expect(text).not.toContain('CANARY');
  }
  expect(system.output()).not.toContain('CANARY');
});

it('a GGUF file is uploaded and shown with what it says of itself', async () => {
  await page.goto(`${system.url}/models/new?way=upload`);
  await page.locator('#file').setInputFiles(tiny);
  await page.locator('#name').fill('uploaded-tiny');
  await page.locator('.button.primary', { hasText: 'Register a model' }).click();
  await page.waitForURL(/\/models\/[0-9a-f-]{36}$/, { timeout: 30_000 });
  await page.getByText('llama', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL(/\/models$/);
  await page.locator('[data-model=my-endpoint]').waitFor();
  expect(await page.locator('[data-model=uploaded-tiny]').count()).toBe(0);
  expect(await axeFaults(page)).toEqual([]);
});
