// One thing kept open: lent to whoever asks for the same, closed when it is another's turn.

import { resolveModel, unrestrictedNetwork } from '@bancada/core';
import { describe, expect, it, vi } from 'vitest';
import { WarmSlot } from './warm-slot.ts';

const context = { homes: [], baseDirectory: '/', secret: () => undefined, network: unrestrictedNetwork };
const model = (answer: string) => resolveModel({ provider: 'scripted', name: 'm', answer }, context);

function makeSlot() {
  const happened: string[] = [];
  const slot = new WarmSlot(async ({ options }) => {
    happened.push(`open ${options.answer}`);
    return {
      async close() {
        happened.push(`close ${options.answer}`);
      },
    };
  });
  return { slot, happened };
}

describe('WarmSlot', () => {
  it('opens the same model once', async () => {
    const { slot, happened } = makeSlot();
    for (let round = 0; round < 3; round += 1)
      await slot.keep(await model('a'), await slot.take(await model('a')));
    expect(happened).toEqual(['open a']);
  });

  it('closes a model before it opens another one', async () => {
    const { slot, happened } = makeSlot();
    await slot.keep(await model('a'), await slot.take(await model('a')));
    await slot.take(await model('b'));
    expect(happened).toEqual(['open a', 'close a', 'open b']);
  });

  it('opens a second one while the first is lent, and keeps the one that comes back last', async () => {
    const { slot, happened } = makeSlot();
    const [first, second] = [await slot.take(await model('a')), await slot.take(await model('a'))];
    await slot.keep(await model('a'), first);
    await slot.keep(await model('a'), second);
    expect(happened).toEqual(['open a', 'open a', 'close a']);
  });

  it('closes what nobody has asked for in a minute, and opens it again for the next', async () => {
    vi.useFakeTimers();
    try {
      const { slot, happened } = makeSlot();
      await slot.keep(await model('a'), await slot.take(await model('a')));
      await vi.advanceTimersByTimeAsync(59_000);
      await slot.keep(await model('a'), await slot.take(await model('a')));
      await vi.advanceTimersByTimeAsync(59_000);
      expect(happened).toEqual(['open a']);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(happened).toEqual(['open a', 'close a']);
      await slot.take(await model('a'));
      expect(happened).toEqual(['open a', 'close a', 'open a']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('closes what comes back after its end', async () => {
    const { slot, happened } = makeSlot();
    const lent = await slot.take(await model('a'));
    await slot.close();
    await slot.keep(await model('a'), lent);
    expect(happened).toEqual(['open a', 'close a']);
  });
});
