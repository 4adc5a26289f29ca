// What a model can be asked, as measured or known; a task that needs more is blocked with the reason.

/** `false` means: asking would fail or, worse, give wrong numbers in silence. */
export interface Capabilities {
  /** Text completion of a raw prompt. */
  readonly completion: boolean;
  /** Messages through a chat template. */
  readonly chat: boolean;
  /** Log-probabilities of given text (local weights, or a completions endpoint with a true `echo`). */
  readonly loglikelihood: boolean;
  /** Sampling can be repeated by seed. */
  readonly seed: boolean;
  /** Why something is missing, by capability, for the error message. */
  readonly missing?:
    | Readonly<Partial<Record<'completion' | 'chat' | 'loglikelihood' | 'seed', string>>>
    | undefined;
}
