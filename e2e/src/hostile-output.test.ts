// What a model writes is shown as text, whatever it writes: no request leaves the page, no dialog opens.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { cancelFirstRun, createRun, graphql, runState } from './api-client.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { type System, startSystem } from './system.ts';
import { until } from './until.ts';

let system: System;
let page: Page;
let canary: Server;
let hostile: string;
let runId: string;
const seen: string[] = [];
const dialogs: string[] = [];

testsInBrowser(async (browser) => {
  canary = createServer((request, response) => {
    seen.push(String(request.url));
    response.end();
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
  hostile = `<img src=x onerror=fetch('${address}/img')><script>fetch('${address}/script');alert(1)</script>[link](javascript:alert(2))`;
  system = await startSystem();
  await cancelFirstRun(system.url);
  const model = JSON.stringify({ provider: 'scripted', name: '<b>bold</b>', answer: hostile });
  runId = await createRun(
    system.url,
    `name: "<i>hostile</i>"\nmodels: [${model}]\ntasks: [tiny-arithmetic]`,
    3,
  );
  await until('the run ends', async () => (await runState(system.url, runId)).status === 'SUCCEEDED', 60_000);
  page = await browser.newPage({ viewport: sizes.desktop, locale: 'en-US' });
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  canary?.close();
});

it('security: XSS: the screens of a run and of its sample show the answer, and run nothing of it', async () => {
  const { run } = await graphql<{ run: { samples: { nodes: { id: string }[] } } }>(
    system.url,
    'query ($id: ID!) { run(id: $id) { samples(first: 1) { nodes { id } } } }',
    { id: runId },
  );
  for (const place of ['', '/samples', `/samples/${run.samples.nodes[0]?.id}`, '/log', '/config']) {
    await page.goto(`${system.url}/runs/${runId}${place}`);
    await page.locator('main h1').first().waitFor();
  }
  await page.goto(`${system.url}/runs/${runId}/samples/${run.samples.nodes[0]?.id}`);
  await page.getByText('onerror=fetch').first().waitFor();
  const made = page.locator('main img, main script, main a[href^=javascript], main i:has-text("hostile")');
  expect(await made.count()).toBe(0);
  expect([seen, dialogs]).toEqual([[], []]);
});

it('security: XSS: the policy of every page forbids scripts that are not files of the dashboard', async () => {
  const policy = (await fetch(`${system.url}/runs`)).headers.get('content-security-policy') ?? '';
  const directive = (name: string) => new RegExp(`(?:^|; ?)${name} ([^;]*)`).exec(policy)?.[1] ?? '';
  expect(directive('script-src') || directive('default-src')).not.toMatch(/unsafe|\*|data:/);
  for (const name of ['object-src', 'base-uri', 'frame-ancestors']) expect(directive(name)).toBe("'none'");
});
