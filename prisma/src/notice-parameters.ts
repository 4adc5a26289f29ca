// What a notification tells, as values: readers put them into words of their language.

/** A score of a run that ended. */
export interface ToldScore {
  readonly task: string;
  readonly model: string;
  readonly metric: string;
  readonly value: number;
  /** Of the 95 % interval; undefined when there is none. */
  readonly ciLow: number | undefined;
  readonly ciHigh: number | undefined;
}

/** A gate that was missed; bounds are undefined for one that compares with an earlier run. */
export interface ToldGate {
  readonly metric: string | undefined;
  readonly task: string | undefined;
  readonly model: string | undefined;
  readonly value: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** All of it in English. */
  readonly message: string;
}

/** What is known of each kind. `more`: so many further ones are left out. */
export interface NoticeParameters {
  readonly RUN_ENDED: { readonly scores: readonly ToldScore[]; readonly more: number };
  readonly RUN_FAILED: { readonly reason: string };
  readonly GATE_MISSED: { readonly gates: readonly ToldGate[]; readonly more: number };
  /** `reason`: no worker was there, or the owner has as many active runs as allowed. `runs`: whether the latest time is run. */
  readonly SCHEDULE_MISSED:
    | { readonly reason: 'absent'; readonly missed: number; readonly runs: boolean }
    | { readonly reason: 'limit'; readonly active: number; readonly limit: number };
  /** `used`: percent, rounded down. */
  readonly DISK_LOW: { readonly used: number; readonly freeBytes: number };
}
