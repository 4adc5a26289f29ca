// Rolling windows, against lm_eval.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rollingWindows } from './rolling-windows.ts';

interface Case {
  readonly length: number;
  readonly max_length: number;
  readonly windows: readonly (readonly [read: number[], predicted: number[]])[];
}

const reference: { windows: Case[] } = JSON.parse(
  readFileSync(new URL('../../reference/engine/windows.json', import.meta.url), 'utf8'),
);

describe('rollingWindows', () => {
  it.each(reference.windows)('cuts $length tokens for a model of $max_length as lm_eval does', (given) => {
    const tokens = Array.from({ length: given.length }, (_, index) => 100 + index);
    const windows = rollingWindows(tokens, 0, given.max_length);
    expect(windows.map(({ context, predicted }) => [context, predicted])).toEqual(given.windows);
  });
});
