// Chunks of the playground put together.
import { expect, it } from 'vitest';
import type { PlaygroundChunk } from './tryout-query.ts';
import { untried, withChunk } from './tryout-state.ts';

function chunk(given: Partial<PlaygroundChunk>): PlaygroundChunk {
  const nothing = { index: null, prompt: null, target: null, text: null, prediction: null, message: null };
  const numbers = { sequence: 1, outputTokens: null, ttftMs: null, e2eMs: null };
  return { type: 'DONE', scores: [], ...nothing, ...numbers, ...given };
}

it('gathers pieces of text by sample, and lets the answer hold over them', () => {
  const told = [
    chunk({ type: 'PROMPT', index: 0, prompt: 'a', target: 'x' }),
    chunk({ type: 'PROMPT', index: 1, prompt: 'b' }),
    chunk({ type: 'TEXT', index: 1, text: 'on' }),
    chunk({ type: 'TEXT', index: 0, text: 'zero' }),
    chunk({ type: 'TEXT', index: 1, text: 'e' }),
    chunk({ type: 'ANSWER', index: 1, text: 'one.', outputTokens: 2, e2eMs: 500 }),
    chunk({ type: 'FAILED', index: 0, message: 'lost' }),
    chunk({ type: 'DONE' }),
  ].reduce(withChunk, { ...untried, state: 'running' as const });
  expect(told).toMatchObject({
    state: 'done',
    fault: undefined,
    samples: [
      { prompt: 'a', target: 'x', text: 'zero', state: 'failed', message: 'lost' },
      { prompt: 'b', target: undefined, text: 'one.', state: 'answered', tokens: 2, seconds: 0.5 },
    ],
  });
});

it('tells what is wrong with all of it', () => {
  expect(withChunk(untried, chunk({ type: 'FAILED', message: 'unknown model' })).fault).toBe('unknown model');
});
