// Stop strings across the borders of tokens.
import { describe, expect, it } from 'vitest';
import { StopMatcher } from './stop-matcher.ts';

function feed(stops: readonly string[], pieces: readonly string[]): { text: string; stopped: boolean } {
  const matcher = new StopMatcher(stops);
  const stopped = pieces.some((piece) => matcher.push(piece));
  return { text: matcher.text, stopped };
}

describe('StopMatcher', () => {
  it('tells at once what no stop string can take back', () => {
    const told: string[] = [];
    const matcher = new StopMatcher(['\nQ:'], (piece) => told.push(piece));
    for (const piece of ['ab', 'cd\n', 'Q', ': x']) matcher.push(piece);
    expect(told).toEqual(['abc', 'd']);
    expect(matcher.text).toBe('abcd');
  });

  it.each([
    { stops: ['\n'], pieces: ['a', 'b\nc'], text: 'ab', stopped: true },
    { stops: ['Question:'], pieces: [' 42', '\nQue', 'st', 'ion', ': x'], text: ' 42\n', stopped: true },
    { stops: ['</s>', '</'], pieces: ['x<', '/s>'], text: 'x', stopped: true },
    { stops: ['bc', 'abcd'], pieces: ['a', 'b', 'c', 'd'], text: 'a', stopped: true },
    { stops: ['aab'], pieces: ['aa', 'ab'], text: 'a', stopped: true },
    { stops: ['é!'], pieces: ['caf', 'é', '!'], text: 'caf', stopped: true },
    { stops: ['', 'zz'], pieces: ['az', 'b'], text: 'azb', stopped: false },
    { stops: [], pieces: ['a', 'b'], text: 'ab', stopped: false },
  ])('$stops in $pieces', ({ stops, pieces, text, stopped }) => {
    expect(feed(stops, pieces)).toEqual({ text, stopped });
  });
});
