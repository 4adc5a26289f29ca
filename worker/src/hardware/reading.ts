// What the hardware of a machine tells at one moment, and where it is read from.

/** One graphics processor. What it does not tell is null. */
export interface GpuReading {
  readonly index: number;
  readonly name: string;
  /** 0 to 1. */
  readonly utilization: number | null;
  readonly memoryUsedBytes: number | null;
  readonly memoryTotalBytes: number | null;
  readonly powerWatts: number | null;
  readonly temperatureC: number | null;
}

/** One sample. What the machine does not tell is undefined. */
export interface HardwareReading {
  /** 0 to 1 over all cores, since the last reading. */
  readonly cpu: number;
  readonly memoryUsedBytes: number;
  readonly memoryTotalBytes: number;
  /** Resident memory of the worker and of the children in which its weights live. */
  readonly processRssBytes: number;
  /** Of the file system that holds the home. */
  readonly diskUsedBytes: number | undefined;
  readonly diskTotalBytes: number | undefined;
  readonly temperatureC: number | undefined;
  /** Of the processor packages, since the last reading. */
  readonly cpuPowerWatts: number | undefined;
}

/** Reads again and again; differences are against the last reading. */
export interface HardwareSource {
  read(): Promise<HardwareReading>;
}
