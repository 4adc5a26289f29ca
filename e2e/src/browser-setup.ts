// Before the first test file: finds the Chromium of them all, and fetches it where there is none.
import type { TestProject } from 'vitest/node';
import { findChromium } from './browser.ts';
import type { Chromium } from './fetch-chromium.ts';

declare module 'vitest' {
  /** What the setup hands to each test file. */
  export interface ProvidedContext {
    readonly chromium: Chromium;
  }
}

/** Vitest calls it once a run. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', await findChromium());
}
