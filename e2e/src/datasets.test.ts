// Data sets in a real browser: a bad file, a good one, a new version, its columns, a task, an import from a hub, deleting; axe on each screen.
import { startTestHub, type TestHub } from '@bancada/core';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { cancelFirstRun } from './api-client.ts';
import { axeFaults } from './axe.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { makeHome, type System, startSystem } from './system.ts';

const pictures = process.env.PICTURES;
let system: System;
let hub: TestHub;
let page: Page;

testsInBrowser(async (browser) => {
  const rows = Array.from({ length: 30_000 }, (_, n) =>
    JSON.stringify({ question: `${n} + 1 = ?`, answer: n + 1 }),
  );
  const card = '---\nlicense: cc0-1.0\n---\n';
  hub = await startTestHub([
    { type: 'dataset', name: 'acme/sums', files: { 'README.md': card, 'test.jsonl': rows.join('\n') } },
  ]);
  system = await startSystem(makeHome(), undefined, { HF_ENDPOINT: hub.endpoint });
  await cancelFirstRun(system.url);
  const context = await browser.newContext({ viewport: sizes.phone, locale: 'en-US' });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await hub?.close();
});

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      question: `Is ${n} even?`,
      answer: n % 2,
      choices: ['yes', 'no'],
      level: n % 3 ? 'easy' : 'hard',
    }),
  ).join('\n');

async function look(name: string): Promise<void> {
  expect(await axeFaults(page), name).toEqual([]);
  if (pictures === undefined) return;
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${pictures}/${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize(sizes.phone);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function choose(name: string, text: string): Promise<void> {
  await page.setInputFiles('input[type=file]', {
    name,
    mimeType: 'application/jsonl',
    buffer: Buffer.from(text),
  });
}

it('shows the line and column of a bad record, then takes the mended file', async () => {
  await page.goto(`${system.url}/datasets`);
  await page.getByRole('link', { name: 'Upload' }).click();
  await choose('Parity Quiz.jsonl', '{"a":1}\n{"a":\n');
  await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('parity-quiz');
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.getByText('Line 2, column 6').waitFor();
  await look('dataset-upload');
  await choose('Parity Quiz.jsonl', rows(120));
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.waitForURL('**/datasets/parity-quiz');
  await page.getByText('Is 3 even?').first().waitFor();
  await look('dataset');
});

it('tells columns and what a new version changed', async () => {
  await page.getByRole('link', { name: 'New version' }).click();
  await choose('more.jsonl', rows(200));
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.waitForURL('**/datasets/parity-quiz');
  await page.getByRole('link', { name: 'Columns' }).click();
  await page.getByText('Commonest values').first().waitFor();
  await look('dataset-columns');
  await page.getByRole('link', { name: 'Versions' }).click();
  await page.getByText('test: 120 → 200 rows').waitFor();
  await page.getByRole('link', { name: 'Version 1' }).click();
  await page.getByText('Version 1 of parity-quiz is shown').waitFor();
});

it('makes a task of picked columns', async () => {
  await page.getByRole('link', { name: 'Make a task' }).click();
  await page.getByText('doc_to_choice: choices').waitFor();
  await look('dataset-task');
  await page.getByRole('button', { name: 'Save the task' }).click();
  await page.getByText('Saved: parity-quiz-task').waitFor();
  expect(await page.locator('.notice .button').evaluateAll(brokenWords)).toEqual([]);
});

it('imports from a hub with its progress', async () => {
  hub.slowDown(150);
  await page.goto(`${system.url}/datasets/import`);
  await page.getByLabel('Repository').fill('acme/sums');
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('progressbar').waitFor();
  await look('dataset-import');
  hub.slowDown(0);
  await page.getByText('Imported', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'sums', exact: true }).click();
  await page.getByText('0 + 1 = ?').first().waitFor();
  await page.getByText('Licence: cc0-1.0').waitFor();
});

it('names what depends on a data set before it is deleted', async () => {
  await page.goto(`${system.url}/datasets/parity-quiz`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('task parity-quiz-task').waitFor();
  await look('dataset-delete');
  await page.getByRole('button', { name: 'Delete all the same' }).click();
  await page.waitForURL('**/datasets');
  await page.getByRole('link', { name: 'sums', exact: true }).waitFor();
  expect(await page.getByRole('link', { name: 'parity-quiz' }).count()).toBe(0);
});

/** Words of these elements that stand on more than one line. */
function brokenWords(elements: Element[]): string[] {
  const broken: string[] = [];
  for (const element of elements) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (range.getClientRects().length > 1) broken.push(word);
      }
    }
  }
  return broken;
}
