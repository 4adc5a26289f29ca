// `npm run dev`: a changed file of the API begins the API anew.
import { utimesSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startFile, startSystem } from './system.ts';
import { until } from './until.ts';

it('a changed file begins the API anew, and the end is in order', async () => {
  await using system = await startSystem(undefined, [process.execPath, startFile, '--watch']);
  const before = await startedAt(system.url);
  expect(before).toBeGreaterThan(0);
  const now = new Date();
  utimesSync(path.resolve(import.meta.dirname, '../../api/src/env.ts'), now, now);
  await until(
    'the API begins anew',
    async () => (await startedAt(system.url).catch(() => before)) !== before,
    30_000,
  );
  expect((await system.stop()).ms).toBeLessThan(10_000);
});

async function startedAt(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_start_time_seconds (\S+)/m.exec(text)?.[1] ?? 0);
}
