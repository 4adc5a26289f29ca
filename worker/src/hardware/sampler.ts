// Samples the machine while the worker lives: each second while it has work, each ten seconds otherwise.
import { notify, TelemetryBatch } from '@bancada/prisma';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { linuxSource } from './linux.ts';
import { NvidiaGpus } from './nvidia.ts';
import { portableSource } from './portable.ts';
import type { GpuReading, HardwareReading, HardwareSource } from './reading.ts';

const activeMs = 1_000;
const idleMs = 10_000;

/** What the sampler works with. */
export interface SamplerContext {
  readonly pool: Pool;
  readonly workerId: string;
  /** Name of the machine. */
  readonly node: string;
  /** Whose disk is told of. */
  readonly home: string;
  /** Whether the worker has work. */
  readonly busy: () => boolean;
  readonly log: Logger;
}

/** Writes `HardwareSample` until it is stopped. */
export class HardwareSampler {
  readonly #context: SamplerContext;
  readonly #source: HardwareSource;
  readonly #gpus = new NvidiaGpus();
  #timer: NodeJS.Timeout | undefined;
  #writtenAt = Number.NEGATIVE_INFINITY;
  #wasBusy = false;
  #failing = false;

  constructor(context: SamplerContext) {
    this.#context = context;
    this.#source = process.platform === 'linux' ? linuxSource(context.home) : portableSource(context.home);
  }

  /** Begins to sample. */
  start(): void {
    this.#gpus.start(idleMs / 1000);
    // Work begins at any moment: looking whether there is some each second costs nothing.
    this.#timer = setInterval(() => {
      this.#tick().catch((thrown: unknown) => this.#fail(thrown));
    }, activeMs);
  }

  /** Ends sampling. */
  stop(): void {
    clearInterval(this.#timer);
    this.#gpus.stop();
  }

  async #tick(): Promise<void> {
    const busy = this.#context.busy();
    if (busy !== this.#wasBusy) this.#gpus.start((busy ? activeMs : idleMs) / 1000);
    this.#wasBusy = busy;
    const now = performance.now();
    if (!busy && now - this.#writtenAt < idleMs - activeMs / 2) return;
    const seconds = (now - this.#writtenAt) / 1000;
    this.#writtenAt = now;
    const gpus = this.#gpus.read();
    await writeHardware(this.#context, await this.#source.read(), gpus);
    await countEnergy(this.#context, gpus, seconds);
    this.#failing = false;
  }

  // The first failure is worth a line, each second of it is not.
  #fail(thrown: unknown): void {
    if (!this.#failing) this.#context.log.warn({ err: thrown }, 'the hardware could not be sampled');
    this.#failing = true;
  }
}

/** Adds what the accelerators drew since the last sample; longer gaps than a sample's are no sample. */
export async function countEnergy(
  { pool, node }: Pick<SamplerContext, 'pool' | 'node'>,
  gpus: readonly GpuReading[],
  seconds: number,
): Promise<void> {
  if (seconds > (idleMs / 1000) * 2) return;
  const batch = new TelemetryBatch();
  for (const { index, powerWatts } of gpus) {
    batch.add('bancada_gpu_energy_joules_total', [node, String(index)], (powerWatts ?? 0) * seconds);
  }
  await batch.write(pool);
}

/** One row, and the notice of it. */
export async function writeHardware(
  { pool, workerId }: Pick<SamplerContext, 'pool' | 'workerId'>,
  reading: HardwareReading,
  gpus: readonly GpuReading[],
): Promise<void> {
  await pool.query(
    `insert into "HardwareSample" ("workerId", at, cpu, "memoryUsedBytes", "memoryTotalBytes", "processRssBytes", "diskUsedBytes", "diskTotalBytes", "temperatureC", "cpuPowerWatts", gpus)
     values ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      workerId,
      reading.cpu,
      reading.memoryUsedBytes,
      reading.memoryTotalBytes,
      reading.processRssBytes,
      reading.diskUsedBytes ?? null,
      reading.diskTotalBytes ?? null,
      reading.temperatureC ?? null,
      reading.cpuPowerWatts ?? null,
      JSON.stringify(gpus),
    ],
  );
  await notify(pool, { type: 'hardware', workerId });
}
