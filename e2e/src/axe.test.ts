// That the look at every screen can fail: a fault planted in one colour, on a page that fills itself late.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { axeFaultsAt } from './axe.ts';
import { testsInBrowser } from './in-browser.ts';

const html = `<!doctype html><html lang="en"><head><title>late</title><style>
  body { background: #fff; color: #000 }
  @media (prefers-color-scheme: dark) { p { color: #ddd } }
</style></head><body><main><h1>Late</h1></main><script>
  fetch('/slow').then(() => document.querySelector('main').insertAdjacentHTML('beforeend', '<p>pale</p>'));
</script></body></html>`;

let server: Server;
let page: Page;
testsInBrowser(async (browser) => {
  server = createServer((request, response) => {
    if (request.url === '/slow') setTimeout(() => response.end('x'), 600);
    else response.setHeader('content-type', 'text/html').end(html);
  }).listen(0, '127.0.0.1');
  page = await (await browser.newContext()).newPage();
});
afterAll(() => server?.close());

it('finds what is pale in the dark alone, after it has come', async () => {
  const { port } = server.address() as AddressInfo;
  const faults = await axeFaultsAt(page, `http://127.0.0.1:${port}`, ['/']);
  expect(faults).toEqual(['/, dark: color-contrast at <p>pale</p>']);
});
