// NVIDIA's processors, told by one nvidia-smi that stays and prints a line a second for each: no process a sample.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { GpuReading } from './reading.ts';

const fields = [
  'index',
  'name',
  'utilization.gpu',
  'memory.used',
  'memory.total',
  'power.draw',
  'temperature.gpu',
];
const mebibyte = 2 ** 20;
const staleMs = 5_000;

/** Where there is no nvidia-smi, no readings. */
export class NvidiaGpus {
  readonly #latest = new Map<number, { readonly reading: GpuReading; readonly at: number }>();
  #child: ChildProcess | undefined;
  #absent = false;

  /** Begins to read. @param everySeconds a whole number of seconds. */
  start(everySeconds = 1): void {
    this.stop();
    if (this.#absent) return;
    const query = [
      `--query-gpu=${fields.join(',')}`,
      '--format=csv,noheader,nounits',
      `--loop=${everySeconds}`,
    ];
    const child = spawn('nvidia-smi', query, { stdio: ['ignore', 'pipe', 'ignore'] });
    child.on('error', () => {
      this.#absent = true;
    });
    child.unref();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const reading = parseGpu(line);
      if (reading !== undefined) this.#latest.set(reading.index, { reading, at: performance.now() });
    });
    this.#child = child;
  }

  /** The latest readings, by index. */
  read(): GpuReading[] {
    const now = performance.now();
    return [...this.#latest.values()]
      .filter(({ at }) => now - at < staleMs)
      .map(({ reading }) => reading)
      .toSorted((a, b) => a.index - b.index);
  }

  /** Ends the child. */
  stop(): void {
    this.#child?.kill();
    this.#child = undefined;
  }
}

/** One line of nvidia-smi: memory in MiB, power in watts, `[N/A]` for what is not told. */
export function parseGpu(line: string): GpuReading | undefined {
  const parts = line.split(',').map((part) => part.trim());
  if (parts.length !== fields.length || !/^\d+$/.test(parts[0] ?? '')) return undefined;
  const number = (index: number) => {
    const value = Number.parseFloat(parts[index] ?? '');
    return Number.isFinite(value) ? value : null;
  };
  const scaled = (index: number, factor: number) => {
    const value = number(index);
    return value === null ? null : value * factor;
  };
  return {
    index: Number(parts[0]),
    name: parts[1] ?? '',
    utilization: scaled(2, 0.01),
    memoryUsedBytes: scaled(3, mebibyte),
    memoryTotalBytes: scaled(4, mebibyte),
    powerWatts: number(5),
    temperatureC: number(6),
  };
}
