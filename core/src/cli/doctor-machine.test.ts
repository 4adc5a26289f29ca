// What the doctor says of the disk: what is free, what workers keep free of it, what is cached.
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDisk } from './doctor-machine.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-doctor-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('the reserve below which runs pause is named, and a disk below it is a fault', async () => {
  expect((await checkDisk({ home, diskReserveBytes: 512 * 1024 ** 2 })).detail).toMatch(
    /GiB free; runs pause below 512 MiB$/,
  );
  expect((await checkDisk({ home, diskReserveBytes: 0 })).detail).toMatch(/; runs go on until it is full$/);
  expect(await checkDisk({ home, diskReserveBytes: 1e18 })).toMatchObject({
    state: 'fault',
    remedy: expect.stringContaining('runs are paused'),
  });
});

test('what is cached from the hub is told', async () => {
  const blobs = path.join(home, 'hub', 'models--acme--x', 'blobs');
  mkdirSync(blobs, { recursive: true });
  writeFileSync(path.join(blobs, 'a'), Buffer.alloc(120 * 1024 ** 2));
  expect((await checkDisk({ home, diskReserveBytes: 0 })).detail).toContain(
    '0.1 GiB cached from the Hugging Face Hub',
  );
});
