// Schedules, the queue's order, the inbox, webhooks and push, as a person meets them in a browser.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { cancelFirstRun, createRun, runState, scriptedSuite } from './api-client.ts';
import { sizes } from './browser.ts';
import { testsInBrowser } from './in-browser.ts';
import { type System, startSystem } from './system.ts';
import { until } from './until.ts';

/** A message as the reader sees it. */
type Shown = Pick<Notification, 'title' | 'body' | 'tag'>;

let system: System;
let context: BrowserContext;
let page: Page;
let hook: Server;
const posted: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];

testsInBrowser(async (browser) => {
  hook = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request)).toString();
    posted.push({ headers: request.headers, body });
    response.end();
  }).listen(0, '127.0.0.1');
  system = await startSystem();
  context = await browser.newContext({
    viewport: sizes.desktop,
    locale: 'en-US',
    timezoneId: 'Europe/Lisbon',
    permissions: ['notifications'],
  });
  page = await context.newPage();
  await cancelFirstRun(system.url);
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  hook?.close();
});

it('schedules a suite and shows the next five times in both zones', async () => {
  await page.goto(`${system.url}/schedules`);
  await page.getByRole('button', { name: 'New schedule' }).first().click();
  await page.locator('#schedule-name').fill('every morning');
  await page.locator('#schedule-preset').selectOption('weekdays');
  await page.locator('#schedule-zone').fill('America/Sao_Paulo');
  await page.locator('#schedule-zone').press('Tab');
  await page.getByText('At 06:30, Monday through Friday').first().waitFor();
  const rows = page.getByTestId('next-times').locator('tbody tr');
  await until('both zones', async () => (await rows.locator('td').count()) === 10, 10_000);
  await until(
    'the new times',
    async () => (await rows.first().textContent())?.includes('06:30') === true,
    10_000,
  );
  await page.locator('#schedule-cron').fill('61 * * * *');
  await page.locator('#schedule-cron-fault').waitFor();
  await page.locator('#schedule-cron').fill('30 6 * * 1-5');
  await page.getByRole('button', { name: 'Save' }).click();
  const card = page.getByTestId('schedule').filter({ hasText: 'every morning' });
  await card.getByText('America/Sao_Paulo').first().waitFor();
  expect(await card.getByTestId('next-times').locator('tbody tr').count()).toBe(5);
});

it('adds a webhook and sends a test with a right signature', async () => {
  const { port } = hook.address() as AddressInfo;
  await page.goto(`${system.url}/settings`);
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  await page.locator('#webhook-url').fill(`http://127.0.0.1:${port}/hook`);
  await page.getByRole('button', { name: 'Save' }).click();
  const secret = (await page.getByTestId('webhook-secret').locator('code').textContent()) ?? '';
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByTestId('webhook').getByText('delivered').waitFor({ timeout: 20_000 });
  const { headers, body } = posted[0] ?? { headers: {}, body: '' };
  expect(JSON.parse(body)).toMatchObject({ type: 'test' });
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  );
});

it('changes the events and the secret of a webhook', async () => {
  await page.goto(`${system.url}/settings`);
  const webhook = page.getByTestId('webhook');
  await webhook.getByRole('button', { name: 'Change' }).click();
  await webhook.getByLabel('Disk nearly full').check();
  await webhook.getByLabel('Run failed').uncheck();
  await webhook.getByLabel('Secret', { exact: true }).fill('short');
  await webhook.getByRole('button', { name: 'Save' }).click();
  await webhook.getByText('24 to 64 bytes in base64', { exact: false }).last().waitFor();
  await webhook.getByRole('button', { name: 'Make a new secret' }).click();
  await webhook.getByRole('button', { name: 'Save' }).click();
  const secret = (await page.getByTestId('webhook-secret').locator('code').textContent()) ?? '';
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const events = async () => (await webhook.locator('.chip').allTextContents()).join(', ');
  await until(
    'the events are changed',
    async () => (await events()) === 'Gate missed, Disk nearly full',
    10_000,
  );
  const before = posted.length;
  await webhook.getByRole('button', { name: 'Send a test' }).click();
  await until('the test comes', async () => posted.length > before, 20_000);
  const { headers, body } = posted.at(-1) ?? { headers: {}, body: '' };
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  );
});

it('shows a missed gate in the inbox without a reload, and tells the webhook', async () => {
  await page.goto(`${system.url}/inbox`);
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  await page.evaluate(() => document.documentElement.setAttribute('data-same-page', ''));
  const gate = 'gates: [{metric: exact_match, task: tiny-arithmetic, model: echo, min: 0.9}]\n';
  const id = await createRun(system.url, `${scriptedSuite('strict', 0)}${gate}`, 5);
  await until('the run ends', async () => (await runState(system.url, id)).status === 'SUCCEEDED', 30_000);
  const notice = page.getByTestId('notice').filter({ hasText: 'Gate missed' });
  await notice.getByText('promised at least 0.9').waitFor({ timeout: 20_000 });
  expect(await page.locator('html[data-same-page]').count()).toBe(1);
  await page.getByText('Unread · 2').waitFor();
  const badge = page.locator('.side-nav .nav-badge');
  expect(await badge.textContent()).toBe('22 unread');
  await notice.getByRole('button', { name: 'Mark as read' }).click();
  await page.getByText('Unread · 1').waitFor();
  await until('the badge follows', async () => (await badge.textContent()) === '11 unread', 10_000);
  await page.evaluate(() => localStorage.setItem('bancada.language', 'pt-BR'));
  await page.reload();
  await page.getByText('prometido no mínimo 0,9').waitFor();
  await page.evaluate(() => localStorage.setItem('bancada.language', 'en'));
  await page.reload();
  await notice.getByRole('link', { name: 'strict' }).click();
  await page.waitForURL(new RegExp(`/runs/${id}`));
  await until(
    'the webhook is told',
    async () => posted.some(({ body }) => body.includes('gate.missed')),
    20_000,
  );
});

it('moves a run to the front of the queue', async () => {
  const [first, second] = [
    await createRun(system.url, scriptedSuite('first', 1_000)),
    await createRun(system.url, scriptedSuite('second', 1_000)),
  ];
  await page.goto(`${system.url}/queue`);
  const runs = page.getByTestId('queued-run');
  await until('both wait', async () => (await runs.count()) === 2, 10_000);
  expect(await runs.first().textContent()).toContain('first');
  await runs.last().getByRole('button', { name: 'Up' }).click();
  await until(
    'they changed places',
    async () => (await runs.first().textContent())?.includes('second') === true,
    10_000,
  );
  for (const id of [first, second]) {
    await until(
      'it is cancelled',
      async () => {
        await fetch(`${system.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: `mutation { cancelRun(id: "${id}") { __typename } }` }),
        });
        return (await runState(system.url, id)).status === 'CANCELLED';
      },
      20_000,
    );
  }
});

it('shows a push message, and says why push cannot be turned on', async () => {
  await page.goto(`${system.url}/inbox`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // A headless shell forbids what it has no place to show.
  const forbidden = await page.evaluate(() => Notification.permission === 'denied');
  const asked = forbidden ? await notificationsAskedFor() : undefined;
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations;
      if (one !== undefined) resolve(one.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const data = JSON.stringify({
    id: 'n',
    kind: 'GATE_MISSED',
    subject: 'nightly',
    detail: 'why',
    parameters: { gates: [{ metric: 'acc', task: 't', value: 0.5, min: 0.9, message: 'why' }], more: 0 },
    runId: 'r-1',
    language: 'pt-BR',
  });
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: system.url,
    registrationId: await registered,
    data,
  });
  const shown =
    asked ??
    (() =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
      }));
  await until('it is shown', async () => (await shown()).length === 1, 10_000);
  expect(await shown()).toEqual([
    { title: 'Critério não atingido: nightly', body: 'acc · t: 0,5, prometido no mínimo 0,9', tag: 'r-1' },
  ]);
  if (forbidden) {
    await page.getByText('Notifications of this site are blocked').waitFor();
    return;
  }
  // Without the internet there is no push service to subscribe at.
  await page.getByRole('button', { name: 'Turn push on' }).click();
  await page.getByText('Push could not be turned on').waitFor({ timeout: 30_000 });
});

/** What the service worker wants to show, where the browser shows nothing. @returns what reads it. */
async function notificationsAskedFor(): Promise<() => Promise<readonly Shown[]>> {
  const [worker] = context.serviceWorkers();
  if (worker === undefined) throw new Error('no service worker');
  await worker.evaluate(() => {
    const scope = self as unknown as { registration: ServiceWorkerRegistration; asked: Shown[] };
    scope.asked = [];
    scope.registration.showNotification = async (title, { body = '', tag = '' } = {}) => {
      scope.asked.push({ title, body, tag });
    };
  });
  return () => worker.evaluate(() => (self as unknown as { asked: Shown[] }).asked);
}
