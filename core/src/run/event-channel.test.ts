// Events arrive in order; of those that say "so far" only the latest waits for a slow reader.
import { expect, it } from 'vitest';
import type { RunEvent } from './event.ts';
import { EventChannel } from './event-channel.ts';

const log = (message: string): RunEvent => ({ type: 'log.written', level: 'info', message });
const scored = (done: number): RunEvent => ({
  type: 'samples.scored',
  evaluationId: 'e',
  evaluationDone: done,
  progress: { done, total: 9, failed: 0, rate: 1, etaSeconds: 1 },
});

it('gives events in order and ends after the last', async () => {
  const channel = new EventChannel();
  channel.push(log('a'));
  const reading = Array.fromAsync(channel);
  await new Promise((resolve) => setTimeout(resolve, 5));
  channel.push(log('b'));
  channel.end();
  expect(await reading).toEqual([log('a'), log('b')]);
});

it('keeps only the latest progress for a slow reader', async () => {
  const channel = new EventChannel();
  for (let done = 1; done <= 1000; done += 1) channel.push(scored(done));
  channel.push(log('end'));
  channel.end();
  expect(await Array.fromAsync(channel)).toEqual([scored(1000), log('end')]);
});

it('throws the failure after the events', async () => {
  const channel = new EventChannel();
  channel.push(log('a'));
  channel.end(new Error('disk full'));
  const seen: RunEvent[] = [];
  const reading = (async () => {
    for await (const event of channel) seen.push(event);
  })();
  await expect(reading).rejects.toThrow('disk full');
  expect(seen).toEqual([log('a')]);
});
