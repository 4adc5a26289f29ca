// When things happened to one request, in milliseconds on a monotonic clock.

/** Measured in the process that sees the tokens (engine child or HTTP reader). Absent parts are undefined, never guessed. */
export interface Timing {
  /** Waited for a free slot before the model began. */
  readonly queueMs: number;
  /** From the request's start (its entry into the provider) to the first generated token; undefined when nothing is generated. */
  readonly ttftMs?: number | undefined;
  /** Gaps between successive generated tokens (or stream chunks that carry tokens). */
  readonly interTokenMs?: readonly number[] | undefined;
  /** Start to end. */
  readonly e2eMs: number;
  /** Time the engine spent on prompt tokens alone, when it is known apart. */
  readonly prefillMs?: number | undefined;
  /** Time the engine spent on generated tokens alone, when it is known apart. */
  readonly decodeMs?: number | undefined;
}
