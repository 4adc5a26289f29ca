// What axe finds: on the page as it stands, or on a list of screens in both colours.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { visit } from './visit.ts';

// As long as colours of the dashboard fade, and then some: half way they have a contrast of their own.
const fadedMs = 600;

/** One sentence for each fault that stays: the rule and the elements. */
export async function axeFaults(page: Page): Promise<string[]> {
  if ((await look(page)).length === 0) return [];
  await page.waitForTimeout(fadedMs);
  return look(page);
}

async function look(page: Page): Promise<string[]> {
  // Into a page once, and the faults alone out of it: the dashboard has no frames. Playwright's builder brings axe in
  // twice a look and every rule that holds out of it, which takes longer than the look.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const found = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return found.violations.map(({ id, nodes }) => ({ id, elements: nodes.map(({ html }) => html) }));
  });
  return violations.map(({ id, elements }) => `${id} at ${elements.join(' | ')}`);
}

/** The faults of each path, in the light and in the dark. */
export async function axeFaultsAt(page: Page, url: string, paths: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (colorScheme === 'light') await visit(page, url + path);
      else
        await page.evaluate(() => new Promise((resolve) => setTimeout(requestAnimationFrame, 50, resolve)));
      faults.push(...(await axeFaults(page)).map((fault) => `${path}, ${colorScheme}: ${fault}`));
    }
  }
  return faults;
}
