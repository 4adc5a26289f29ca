// Prompts, tasks and suites as a person writes them: a fault and its mending, a version, five samples, a clone, a file out and in.
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { cancelFirstRun, createRun, graphql, runState, scriptedSuite } from './api-client.ts';
import { axeFaultsAt } from './axe.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { type System, startSystem } from './system.ts';
import { until } from './until.ts';

describe('prompts, tasks and suites', () => {
  let system: System;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  testsInBrowser(async (browser) => {
    system = await startSystem();
    await cancelFirstRun(system.url);
    context = await browser.newContext({ viewport: sizes.phone, locale: 'en-US', acceptDownloads: true });
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  it('writes a prompt: a fault is shown beside it, mended, saved and tried on five samples', async () => {
    await page.goto(`${system.url}/prompts`);
    await page.getByRole('link', { name: 'rag-en' }).waitFor();
    await page.getByRole('link', { name: 'New prompt' }).first().click();
    await page.locator('#prompt-name').fill('short');
    await page.locator('#prompt-template').fill('{{ prompt');
    await page.locator('#prompt-template-faults .notice').waitFor();
    await page.locator('#prompt-template').fill('{{ prompt }}');
    await page.locator('#prompt-template-faults .notice').waitFor({ state: 'detached' });
    await page.locator('#variable-prompt').fill('Question: hello\nAnswer:');
    await page.getByText('Question: hello').last().waitFor();
    await page.getByRole('button', { name: 'Save version' }).click();
    await page.getByRole('heading', { level: 1, name: 'short' }).waitFor();
    await page.locator('#tryout-task').selectOption('tiny-facts');
    await page.locator('#tryout-model').selectOption('bancada-tiny');
    await page.getByRole('button', { name: 'Test on 5 samples' }).click();
    await page.locator('#tryout li[data-state=answered]').nth(4).waitFor({ timeout: 60_000 });
    expect(await page.locator('#tryout li .chip').first().textContent()).toContain('exact_match');
  });

  it('keeps what is not saved, compares versions and labels one', async () => {
    await page.locator('#prompt-template').fill('Read:\n{{ prompt }}');
    await page.waitForTimeout(600);
    await page.reload();
    await until(
      'the draft is back',
      async () => (await page.locator('#prompt-template').inputValue()).startsWith('Read:'),
      10_000,
    );
    await page.getByRole('button', { name: 'Save version' }).click();
    await page.getByText('Saved as version 2.').waitFor();
    await page.getByRole('button', { name: 'Versions' }).click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByRole('button', { name: 'Compare with the one before' }).first().click();
    await dialog.locator('ins').first().waitFor();
    await dialog.getByRole('button', { name: 'Label production' }).first().click();
    await dialog.getByText('production', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('writes a task: each fault by line and field, five samples before it is saved, versions and their difference', async () => {
    await page.goto(`${system.url}/tasks`);
    await page.getByRole('link', { name: 'tiny-choice' }).first().waitFor();
    await page.getByRole('link', { name: 'New task' }).first().click();
    const text = page.locator('#task-text');
    const faults = page.locator('#task-text-faults .notice');
    await text.fill('task: mine\ninclude: tiny-facts.yaml\ndoc_to_text: "{{ questin }}"\noutput_typ: x\n');
    await faults.getByText('Line 4:').waitFor();
    expect(await faults.first().textContent()).toContain('output_typ: unknown key');
    await text.fill('task: mine\ninclude: tiny-facts.yaml\ndoc_to_text: "{{ questin }}"\n');
    await faults.getByText('Line 3:').waitFor();
    expect(await faults.first().textContent()).toMatch(/doc_to_text: row 1 .* did you mean "question"/);
    await text.fill('task: mine\ninclude: tiny-facts.yaml\ndoc_to_text: "Unsaved: {{question}}\\nAnswer:"\n');
    await faults.waitFor({ state: 'detached' });
    await page.locator('#tryout-model').selectOption('bancada-tiny');
    await page.getByRole('button', { name: 'Test on 5 samples' }).click();
    await page.locator('#tryout li[data-state=answered]').nth(4).waitFor({ timeout: 60_000 });
    expect(await page.locator('#tryout li pre').first().textContent()).toContain('Unsaved: ');
    expect(await page.locator('#tryout li .chip').first().textContent()).toContain('exact_match');
    await page.getByRole('button', { name: 'Save version' }).click();
    await page.getByRole('heading', { level: 1, name: 'mine' }).waitFor();
    await text.fill((await text.inputValue()).replace('Unsaved', 'Saved'));
    await page.getByRole('button', { name: 'Save version' }).click();
    await page.getByText('Saved as version 2.').waitFor();
    await page.getByRole('button', { name: 'Versions' }).click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByRole('button', { name: 'Compare with the one before' }).first().click();
    expect(await dialog.locator('ins').first().textContent()).toBe('Saved');
    await dialog.getByRole('button', { name: 'Edit this text' }).nth(1).click();
    await until('the older text', async () => (await text.inputValue()).includes('"Unsaved: '), 10_000);
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await until('the saved text', async () => (await text.inputValue()).includes('"Saved: '), 10_000);
    await page.getByRole('link', { name: 'Run it' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await page.getByRole('checkbox', { name: /^mine/ }).isChecked()).toBe(true);
  });

  it('runs a run again with changes', async () => {
    const id = await createRun(system.url, scriptedSuite('first', 0), 3);
    await until('the run ends', async () => (await runState(system.url, id)).status === 'SUCCEEDED', 60_000);
    await page.goto(`${system.url}/runs/${id}/config`);
    await page.getByRole('link', { name: 'Run again with changes' }).first().click();
    await page.waitForURL(/\/new/);
    await until(
      'the draft is filled',
      async () => (await page.locator('#suite-yaml').inputValue()).includes('limit: 3'),
      10_000,
    );
    await page
      .locator('#suite-yaml')
      .fill((await page.locator('#suite-yaml').inputValue()).replace('name: first', 'name: second'));
    await page.getByRole('button', { name: 'Next' }).click();
    const start = page.locator('#step-review .button.primary:not([aria-disabled])');
    const started = () => /\/runs\/[^/]+$/.test(page.url());
    // The estimate may come just then and move the button away from under the pointer: whoever missed it clicks again.
    await until(
      'the run is started',
      async () => {
        if (!started()) await start.click({ timeout: 2_000 }).catch(() => undefined);
        return started();
      },
      60_000,
    );
    const again = new URL(page.url()).pathname.split('/')[2] ?? '';
    const { run } = await graphql<{ run: { config: string } }>(
      system.url,
      'query ($id: ID!) { run(id: $id) { config } }',
      { id: again },
    );
    expect(run.config).toContain('limit: 3');
  });

  it('writes a suite as YAML and as a form, saves it, takes it out and in', async () => {
    await page.goto(`${system.url}/suites/new`);
    await page
      .locator('#suite-text')
      .fill('name: mine\nmodels: [bancada-tiny]\ntasks: [tiny-facts]\nlimit: many\n');
    await page.locator('#suite-text-faults .notice').getByText('Line 4').waitFor();
    await page
      .locator('#suite-text')
      .fill('# mine\nname: mine\nmodels: [bancada-tiny]\ntasks: [tiny-facts] # small\nlimit: 4\n');
    await page.locator('#suite-text-faults .notice').waitFor({ state: 'detached' });
    await page.locator('input[name=suite-view][value=form]').check({ force: true });
    await page.getByLabel('tiny-choice', { exact: true }).check();
    await page.getByRole('button', { name: 'Save version' }).click();
    await page.waitForURL(/\/suites\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { level: 1, name: 'mine' }).waitFor();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.locator('#suite-text').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    const file = await download.path();
    expect(readFileSync(file, 'utf8')).toBe(
      '# mine\nname: mine\nmodels: [bancada-tiny]\ntasks: [tiny-facts, tiny-choice] # small\nlimit: 4\n',
    );
    await page.goto(`${system.url}/suites/new`);
    await page.locator('input[type=file]').setInputFiles({
      name: 'mine.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from(readFileSync(file, 'utf8').replace('name: mine', 'name: other')),
    });
    await until(
      'the file is read',
      async () => (await page.locator('#suite-text').inputValue()).includes('name: other'),
      10_000,
    );
    await page.getByRole('button', { name: 'Save version' }).click();
    await page.getByRole('heading', { level: 1, name: 'other' }).waitFor();
  });

  it.each(['phone', 'desktop'] as const)('has no fault that axe finds, on a %s', async (size) => {
    const { prompts, suites } = await graphql<Record<'prompts' | 'suites', { nodes: { id: string }[] }>>(
      system.url,
      '{ prompts(search: "short") { nodes { id } } suites(search: "mine") { nodes { id } } }',
    );
    const [prompt, suite] = [prompts.nodes[0]?.id, suites.nodes[0]?.id];
    await page.setViewportSize(sizes[size]);
    const paths = [
      '/prompts',
      '/prompts/new',
      `/prompts/${prompt}`,
      '/tasks',
      '/tasks/new',
      '/tasks/mine',
      '/suites/new',
      `/suites/${suite}`,
      `/suites/${suite}/edit`,
    ];
    expect(await axeFaultsAt(page, system.url, paths)).toEqual([]);
  });

  it('threw no error in the browser', () => {
    expect(faults).toEqual([]);
  });
});
