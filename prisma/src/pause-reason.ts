// Why a worker paused a run, as values: readers put it into words of their language.

/** The disk of the home has less free than stays free. */
export interface PauseReason {
  readonly code: 'DISK_FULL';
  /** Name of the machine. */
  readonly node: string;
  /** The home. */
  readonly folder: string;
  readonly freeBytes: number;
  /** `BANCADA_DISK_RESERVE_MB` in bytes. */
  readonly reserveBytes: number;
}
