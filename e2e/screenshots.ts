// Takes a picture of every screen at both sizes, light and dark. Usage: node e2e/screenshots.ts [address of a running system] [run id] [ids of runs to compare, with commas]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { sizes, startBrowser } from './src/browser.ts';
import { screens } from './src/screens.ts';

const [url = 'http://localhost:4000', runId, compared] = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, '..');
const folder = path.resolve(import.meta.dirname, '../docs/screenshots');
const shown = await screens(url, runId, compared);
const browser = await startBrowser();
mkdirSync(folder, { recursive: true });
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport,
      colorScheme,
      locale: 'en-US',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    for (const screen of shown) {
      await page.goto(url + screen.path);
      await page.locator('h1').first().waitFor();
      await page.waitForFunction(() => document.querySelector('[aria-busy]') === null);
      await page.waitForTimeout(900);
      await page.evaluate(hideFolder, root);
      await page.screenshot({ path: path.join(folder, `${screen.name}-${size}-${colorScheme}.png`) });
    }
    await context.close();
  }
}
await browser.close();
console.log(`${shown.length * 4} pictures in ${folder}`);

/** Pictures do not tell where on the disk they were made. */
function hideFolder(folder: string): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeValue?.includes(folder)) node.nodeValue = node.nodeValue.replaceAll(folder, '~/bancada');
  }
}
