// The readings of a Linux machine straight from /proc and /sys: a fraction of a millisecond, no child process.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDisk } from './disk.ts';
import type { HardwareSource } from './reading.ts';

interface CpuTimes {
  readonly busy: number;
  readonly total: number;
}

interface Energy {
  readonly atMs: number;
  readonly microjoules: readonly number[];
}

// Temperatures and disks change slowly, and asking the firmware is the dearest part.
const slowEveryMs = 10_000;
const pageBytes = 4_096;

/** @param folder whose disk is told of. @param root of the file system, for tests. */
export function linuxSource(folder: string, root = '/'): HardwareSource {
  const at = (file: string) => path.join(root, file);
  const packages = entries(at('sys/class/powercap')).filter((name) => /^intel-rapl:\d+$/.test(name));
  const energyFiles = packages.map((name) => at(`sys/class/powercap/${name}/energy_uj`));
  let cpu = readCpu(at('proc/stat'));
  let energy = readEnergy(energyFiles);
  let slowAt = Number.NEGATIVE_INFINITY;
  let slow: { temperatureC?: number | undefined; disk?: Awaited<ReturnType<typeof readDisk>> } = {};
  return {
    async read() {
      const before = { cpu, energy };
      cpu = readCpu(at('proc/stat'));
      energy = readEnergy(energyFiles);
      if (performance.now() - slowAt >= slowEveryMs) {
        slowAt = performance.now();
        slow = { temperatureC: readTemperature(at('sys/class/thermal')), disk: await readDisk(folder) };
      }
      const memory = readMemory(at('proc/meminfo'));
      return {
        cpu: ratio(cpu.busy - before.cpu.busy, cpu.total - before.cpu.total),
        memoryUsedBytes: memory.total - memory.available,
        memoryTotalBytes: memory.total,
        processRssBytes: residentBytes(at('proc'), process.pid),
        diskUsedBytes: slow.disk?.used,
        diskTotalBytes: slow.disk?.total,
        temperatureC: slow.temperatureC,
        cpuPowerWatts: watts(before.energy, energy),
      };
    },
  };
}

/** The first line of /proc/stat (proc(5)): user nice system idle iowait irq softirq steal. */
function readCpu(file: string): CpuTimes {
  const line = readFileSync(file, 'latin1').split('\n', 1)[0] ?? '';
  const times = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const total = times.reduce((sum, time) => sum + time, 0);
  return { total, busy: total - (times[3] ?? 0) - (times[4] ?? 0) };
}

function readMemory(file: string): { total: number; available: number } {
  const text = readFileSync(file, 'latin1');
  const kilobytes = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return { total: kilobytes('MemTotal') * 1024, available: kilobytes('MemAvailable') * 1024 };
}

/** A process with its children, one level down: local weights live in a child. */
function residentBytes(proc: string, pid: number): number {
  const children =
    read(path.join(proc, `${pid}/task/${pid}/children`))
      ?.trim()
      .split(' ') ?? [];
  return [String(pid), ...children]
    .filter((id) => id !== '')
    .reduce(
      (sum, id) => sum + Number(read(path.join(proc, `${id}/statm`))?.split(' ')[1] ?? 0) * pageBytes,
      0,
    );
}

function readTemperature(folder: string): number | undefined {
  const zones = entries(folder).filter((name) => name.startsWith('thermal_zone'));
  const degrees = zones
    .map((zone) => Number(read(path.join(folder, zone, 'temp')) ?? Number.NaN) / 1000)
    .filter((value) => value > 0 && value < 150);
  return degrees.length === 0 ? undefined : Math.max(...degrees);
}

function readEnergy(files: readonly string[]): Energy | undefined {
  const values = files.map((file) => Number(read(file) ?? Number.NaN));
  if (values.length === 0 || values.some(Number.isNaN)) return undefined;
  return { atMs: performance.now(), microjoules: values };
}

// A counter that wrapped around tells nothing this time.
function watts(before: Energy | undefined, now: Energy | undefined): number | undefined {
  if (before === undefined || now === undefined || now.atMs <= before.atMs) return undefined;
  const spent = now.microjoules.map((value, index) => value - (before.microjoules[index] ?? value));
  if (spent.some((value) => value < 0)) return undefined;
  return spent.reduce((sum, value) => sum + value, 0) / 1000 / (now.atMs - before.atMs);
}

function ratio(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole));
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}
