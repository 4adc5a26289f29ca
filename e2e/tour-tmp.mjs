import { chromium } from 'playwright-core';

const B = 'http://localhost:4100';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const ctx = await b.newContext({
  viewport: { width: 1440, height: 900 },
  locale: 'en-US',
  serviceWorkers: 'block',
  reducedMotion: 'reduce',
});
const p = await ctx.newPage();
p.on('console', (m) => {
  if (m.type() === 'error' || m.type() === 'warning') console.log('CONSOLE', p.url(), m.text().slice(0, 300));
});
p.on('pageerror', (e) => console.log('PAGEERROR', p.url(), e.message));
p.on('response', (r) => {
  if (r.status() >= 400) console.log('HTTP', r.status(), r.url());
});
await p.goto(B + '/');
await p.waitForTimeout(1500);
await p.getByLabel('User name').fill('ana');
await p.getByLabel('Password', { exact: true }).fill('correct horse battery');
await p.getByRole('button', { name: /Sign in/i }).click();
await p.waitForTimeout(2000);
const list = process.argv[2].split(',');
for (const path of list) {
  for (const [n, vp] of [
    ['d', { width: 1440, height: 900 }],
    ['m', { width: 390, height: 844 }],
  ]) {
    await p.setViewportSize(vp);
    await p.goto(B + path);
    await p.waitForTimeout(2500);
    const w = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (w > 0) console.log('OVERFLOW', path, n, w);
    await p.screenshot({
      path: `/tmp/shots/${path.replaceAll('/', '_') || 'home'}-${n}.png`,
      fullPage: false,
    });
  }
}
await b.close();
