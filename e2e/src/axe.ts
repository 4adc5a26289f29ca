// What axe finds: on the page as it stands, or on a list of screens in both colours.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { visit } from './visit.ts';

/** One sentence for each fault: the rule and the elements. */
export async function axeFaults(page: Page): Promise<string[]> {
  // One run in the page instead of a second page for the outcome: the dashboard has no frames.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html).join(' | ')}`);
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
