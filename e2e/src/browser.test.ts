// Which Chromium is taken when the machine's owner names one.
import { afterEach, expect, it, vi } from 'vitest';
import { findChromium } from './browser.ts';

afterEach(() => vi.unstubAllEnvs());

it('takes the program that CHROME_PATH names, before any that is installed', async () => {
  vi.stubEnv('CHROME_PATH', process.execPath);
  expect(await findChromium()).toEqual({ program: process.execPath });
});

it('refuses a CHROME_PATH that names no file, rather than testing with another browser', async () => {
  vi.stubEnv('CHROME_PATH', '/nowhere/chromium');
  await expect(findChromium()).rejects.toThrow('CHROME_PATH is "/nowhere/chromium", where no file is');
});
