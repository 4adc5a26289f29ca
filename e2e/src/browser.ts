// The Chromium of the browser tests, benchmarks and pictures: which one, and its start.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { type Chromium, fetchChromium } from './fetch-chromium.ts';

/** The sizes at which every screen is looked at, CSS pixels. */
export const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
} as const;

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The one that CHROME_PATH names, else the first one installed, else one fetched for this repository. */
export async function findChromium(): Promise<Chromium> {
  const named = process.env.CHROME_PATH ?? '';
  if (named !== '' && !existsSync(named))
    throw new Error(`CHROME_PATH is "${named}", where no file is; name the program of a Chromium`);
  const program = named === '' ? places.find((place) => existsSync(place)) : named;
  return program === undefined ? await fetchChromium() : { program };
}

/**
 * Starts it without a window. Root has no sandbox; containers have a small /dev/shm.
 * @throws Error with the reason where there is none.
 */
export async function startBrowser(found?: Chromium): Promise<Browser> {
  const chosen = found ?? (await findChromium());
  if ('missing' in chosen) throw new Error(chosen.missing);
  return chromium.launch({
    executablePath: chosen.program,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}
