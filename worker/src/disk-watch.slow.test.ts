// A disk that is really nearly full: the run pauses and says why, and goes on by itself once there is room.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@bancada/prisma';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { exampleSuite, makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { createRun, startWorker, untilRun } from './fixture/worker-process.ts';

const disk = mkdtempSync(path.join(tmpdir(), 'bancada-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64M', 'tmpfs', disk]).status === 0;
if (!mounted)
  process.stdout.write('no small disk can be mounted without the right to: its test is left out\n');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
  if (mounted) execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

it.skipIf(!mounted)('pauses the run before the disk is full, and resumes it', async () => {
  vi.stubEnv('TMPDIR', disk);
  using home = makeExampleHome(300);
  vi.unstubAllEnvs();
  await using _worker = await startWorker(database, home.folder, { BANCADA_DISK_RESERVE_MB: '32' });
  const suite = exampleSuite('latency_ms: 100, concurrency: 2').replace('answers.jsonl', '../answers.jsonl');
  const runId = await createRun(database, suite);
  await untilRun(database, runId, ({ done }) => done > 10);
  const filler = path.join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(40 * 1024 ** 2));
  const paused = await untilRun(database, runId, ({ status }) => status === 'PAUSED');
  const reason = await reasonOf(runId);
  expect(reason).toMatch(/the disk of .* is nearly full: \d+ MiB free of the 32 that stay free/);
  await expect.poll(() => linesOf(runId), { timeout: 10_000 }).toContain(reason);
  const { pauseParameters } = await database.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  expect(pauseParameters).toMatchObject({
    code: 'DISK_FULL',
    folder: home.folder,
    freeBytes: expect.any(Number),
    reserveBytes: 32 * 1024 ** 2,
  });
  expect(await statusEvents(runId)).toContainEqual({
    status: 'PAUSED',
    message: reason,
    pause: pauseParameters,
  });
  expect(paused.done).toBeLessThan(600);
  rmSync(filler);
  const ended = await untilRun(database, runId, ({ status }) => status === 'SUCCEEDED', 120_000);
  expect(ended).toMatchObject({ done: 600, total: 600 });
  expect(await reasonOf(runId)).toBeNull();
});

async function linesOf(runId: string): Promise<string[]> {
  const { rows } = await database.pool.query('select message from "LogLine" where "runId" = $1', [runId]);
  return rows.map(({ message }) => message);
}

async function statusEvents(runId: string): Promise<unknown[]> {
  const { rows } = await database.pool.query(
    `select payload->>'status' as status, payload->>'message' as message, payload->'pause' as pause from "RunEvent" where "runId" = $1 and type = 'run.status'`,
    [runId],
  );
  return rows;
}

async function reasonOf(runId: string): Promise<string | null> {
  const { rows } = await database.pool.query('select "pauseReason" from "Run" where id = $1', [runId]);
  return rows[0]?.pauseReason;
}
