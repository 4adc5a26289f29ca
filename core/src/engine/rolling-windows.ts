// Cuts a text's tokens into disjoint windows for its rolling log-probability.

/** `context` is read, `predicted` is scored; every token of the text is predicted exactly once. */
export interface RollingWindow {
  readonly context: readonly number[];
  readonly predicted: readonly number[];
}

/**
 * Windows with a context of one token (lm_eval/utils.py `get_rolling_token_windows` with `context_len=1`, each through
 * `make_disjoint_window`; lm_eval/models/huggingface.py `loglikelihood_rolling`). `maxLength` counts the tokens read.
 */
export function rollingWindows(
  tokens: readonly number[],
  prefix: number,
  maxLength: number,
): RollingWindow[] {
  const windows: RollingWindow[] = [];
  for (let start = 0; start < tokens.length; start += maxLength) {
    const predicted = tokens.slice(start, start + maxLength);
    windows.push(
      start === 0
        ? { context: [prefix], predicted }
        : { context: disjointContext(tokens, start, predicted.length, maxLength), predicted },
    );
  }
  return windows;
}

/** The last window is filled up on the left: what is not predicted again serves as context. */
function disjointContext(
  tokens: readonly number[],
  start: number,
  count: number,
  maxLength: number,
): number[] {
  const end = start + count;
  return tokens.slice(Math.max(0, end - maxLength - 1), end - 1).slice(0, maxLength - (count - 1));
}
