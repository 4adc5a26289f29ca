// Every screen looked at by axe.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { screens } from './screens.ts';

/** One sentence for each fault: the screen, the rule, the first element. */
export async function axeFaults(page: Page, url: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, path } of await screens(url)) {
    await page.goto(url + path);
    await page.locator('h1').first().waitFor();
    await page.waitForTimeout(500);
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations)
      faults.push(`${name}: ${id} at ${nodes.map((node) => node.html).join(' | ')}`);
  }
  return faults;
}
