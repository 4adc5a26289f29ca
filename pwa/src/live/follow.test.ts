// Following a stream: it reconnects with growing waits, asks for what it missed, and sleeps when hidden.
import { expect, test } from 'vitest';
import { type FollowOptions, follow, type OpenStream } from './follow.ts';

type Sink = Parameters<OpenStream<number>>[1];

function rig(options: Partial<FollowOptions<number>> = {}) {
  const opened: (number | undefined)[] = [];
  const seen: number[] = [];
  const told: string[] = [];
  const waits: number[] = [];
  const pending: (() => void)[] = [];
  const sinks: Sink[] = [];
  let closed = 0;
  const following = follow<number>({
    open: (after, sink) => {
      opened.push(after);
      sinks.push(sink);
      return () => {
        closed += 1;
      };
    },
    after: () => seen.at(-1),
    next: (event) => seen.push(event),
    tell: (state) => told.push(state),
    schedule: (action, wait) => {
      waits.push(wait);
      pending.push(action);
      return () => pending.splice(pending.indexOf(action), 1);
    },
    random: () => 1,
    ...options,
  });
  const retry = () => pending.shift()?.();
  return { following, opened, seen, told, waits, sinks, retry, pending, closed: () => closed };
}

test('after a break it asks for what came after the last event', () => {
  const { sinks, opened, seen, told, retry } = rig();
  sinks[0]?.next(1);
  sinks[0]?.next(2);
  sinks[0]?.failed();
  expect(told).toEqual(['reconnecting']);
  retry();
  sinks[1]?.next(3);
  expect(opened).toEqual([undefined, 2]);
  expect(seen).toEqual([1, 2, 3]);
  expect(told).toEqual(['reconnecting', 'live']);
});

test('waits double up to ten seconds, and begin anew after an event', () => {
  const { sinks, waits, retry } = rig();
  for (let attempt = 0; attempt < 7; attempt += 1) {
    sinks.at(-1)?.failed();
    retry();
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  sinks.at(-1)?.next(1);
  sinks.at(-1)?.failed();
  expect(waits.at(-1)).toBe(500);
});

test('a stream that was closed can neither bring events nor ask for another', () => {
  const { following, sinks, seen, pending } = rig();
  following.stop();
  sinks[0]?.next(1);
  sinks[0]?.failed();
  expect(seen).toEqual([]);
  expect(pending).toEqual([]);
});

test('asleep it is closed; awake it goes on where it was', () => {
  const { following, sinks, opened, closed } = rig();
  sinks[0]?.next(7);
  following.sleep();
  expect(closed()).toBe(1);
  following.wake();
  expect(opened).toEqual([undefined, 7]);
});

test('stopped it does not wake', () => {
  const { following, opened } = rig();
  following.stop();
  following.wake();
  expect(opened).toEqual([undefined]);
});
