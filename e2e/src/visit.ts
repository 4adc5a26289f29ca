// Opens a page and waits until it stands: nothing asked of the server, nothing busy, nothing moved since a moment.
import type { Page, Request } from 'playwright-core';

const stillMs = 150;
const withinMs = 5_000;

/** Goes to an address. A page that never stands (a run goes on) is taken as it is after some seconds. */
export async function visit(page: Page, address: string): Promise<void> {
  const open = new Set<Request>();
  const begin = (request: Request) => open.add(request);
  const end = (request: Request) => open.delete(request);
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end);
  try {
    await page.goto(address);
    await page.locator('h1').first().waitFor();
    const from = performance.now();
    let stoodSince = from;
    while (performance.now() - stoodSince < stillMs && performance.now() - from < withinMs) {
      const moves = await movesWithin(page, stillMs / 3);
      if (open.size > 0 || moves) stoodSince = performance.now();
    }
  } finally {
    page.off('request', begin).off('requestfinished', end).off('requestfailed', end);
  }
}

/** Whether the document changes within a moment, or says that it is about to. */
function movesWithin(page: Page, ms: number): Promise<boolean> {
  return page.evaluate(async (wait) => {
    let moved = document.querySelector('[aria-busy=true]') !== null;
    const observer = new MutationObserver(() => {
      moved = true;
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    await new Promise((resolve) => setTimeout(resolve, wait));
    observer.disconnect();
    return moved;
  }, ms);
}
