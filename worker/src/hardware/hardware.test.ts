// Readings of the hardware: this machine's own, a made /proc and /sys, and the lines of nvidia-smi.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { linuxSource } from './linux.ts';
import { parseGpu } from './nvidia.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function makeRoot(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'bancada-root-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) writeTo(root, name, text);
  return root;
}

function writeTo(root: string, name: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
}

describe('linuxSource', () => {
  const root = () =>
    makeRoot({
      'proc/stat': 'cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 1 1 1\n',
      'proc/meminfo': 'MemTotal:       1000 kB\nMemFree: 100 kB\nMemAvailable:    400 kB\n',
      'sys/class/thermal/thermal_zone0/temp': '45000\n',
      'sys/class/thermal/thermal_zone1/temp': '61500\n',
      'sys/class/powercap/intel-rapl:0/energy_uj': '1000000\n',
      'sys/class/powercap/intel-rapl:0:0/energy_uj': '9\n',
    });

  it('takes the load since the last reading, waiting for disks not counted as work', async () => {
    const folder = root();
    const source = linuxSource(folder, folder);
    writeTo(folder, 'proc/stat', 'cpu  130 0 120 730 120 0 0 0 0 0\n');
    expect((await source.read()).cpu).toBeCloseTo(0.5);
  });

  it('tells memory in use, the hottest zone, and the disk of the folder', async () => {
    const folder = root();
    const reading = await linuxSource(folder, folder).read();
    expect(reading).toMatchObject({
      memoryTotalBytes: 1_024_000,
      memoryUsedBytes: 614_400,
      temperatureC: 61.5,
    });
    expect(reading.diskTotalBytes).toBeGreaterThan(reading.diskUsedBytes ?? Number.POSITIVE_INFINITY);
  });

  it('turns the energy counter of the packages into watts', async () => {
    const folder = root();
    const source = linuxSource(folder, folder);
    await sleep(100);
    writeTo(folder, 'sys/class/powercap/intel-rapl:0/energy_uj', '2000000\n');
    const watts = (await source.read()).cpuPowerWatts ?? 0;
    expect(watts).toBeGreaterThan(4);
    expect(watts).toBeLessThan(10.1);
  });

  it('leaves out what the machine does not tell', async () => {
    const folder = makeRoot({
      'proc/stat': 'cpu  1 1 1 1 1 1 1 1\n',
      'proc/meminfo': 'MemTotal: 1 kB\nMemAvailable: 1 kB\n',
    });
    expect(await linuxSource(folder, folder).read()).toMatchObject({
      temperatureC: undefined,
      cpuPowerWatts: undefined,
    });
  });

  it.runIf(process.platform === 'linux')('reads this machine', async () => {
    const source = linuxSource('/');
    await sleep(50);
    const reading = await source.read();
    expect(reading.cpu).toBeGreaterThanOrEqual(0);
    expect(reading.cpu).toBeLessThanOrEqual(1);
    expect(reading.processRssBytes).toBeGreaterThan(20e6);
    expect(reading.memoryUsedBytes).toBeLessThan(reading.memoryTotalBytes);
  });
});

describe('parseGpu', () => {
  it('reads a line of nvidia-smi', () => {
    expect(parseGpu('0, NVIDIA H100 80GB HBM3, 87, 40960, 81559, 412.33, 61')).toEqual({
      index: 0,
      name: 'NVIDIA H100 80GB HBM3',
      utilization: 0.87,
      memoryUsedBytes: 40_960 * 2 ** 20,
      memoryTotalBytes: 81_559 * 2 ** 20,
      powerWatts: 412.33,
      temperatureC: 61,
    });
  });

  it('knows what a processor does not tell', () => {
    expect(parseGpu('1, GRID K1, [N/A], 1, 2, [Not Supported], 40')).toMatchObject({
      utilization: null,
      powerWatts: null,
    });
  });

  it.each(['', 'No devices were found', 'Unable to determine the device handle'])('skips "%s"', (line) => {
    expect(parseGpu(line)).toBeUndefined();
  });
});
