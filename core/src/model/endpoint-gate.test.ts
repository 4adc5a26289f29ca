// How many requests an endpoint is sent at once, when, and after which pauses.
import { describe, expect, it } from 'vitest';
import { EndpointDialect } from './endpoint-dialect.ts';
import { statusFault } from './endpoint-fault.ts';
import { EndpointGate } from './endpoint-gate.ts';
import { parseRetryAfter, pauseBeforeRetry } from './endpoint-retry.ts';

const never = new AbortController().signal;

describe('the gate', () => {
  it('halves once for a burst of refusals and recovers by one for each round of answers', async () => {
    const gate = new EndpointGate({ concurrency: 8 });
    const entered = await Promise.all(Array.from({ length: 8 }, () => gate.enter(never)));
    for (const at of entered) gate.leave(at, 'overloaded');
    expect(gate.limit).toBe(4);
    for (let answer = 0; answer < 4; answer += 1) gate.leave(await gate.enter(never), 'answered');
    expect(gate.limit).toBe(5);
    for (let round = 0; round < 100; round += 1) gate.leave(await gate.enter(never), 'answered');
    expect(gate.limit).toBe(8);
    for (let round = 0; round < 10; round += 1) gate.leave(await gate.enter(never), 'overloaded');
    expect(gate.limit).toBe(1);
  });

  it('lets the next in when one leaves, and nobody after an abort', async () => {
    const gate = new EndpointGate({ concurrency: 1 });
    const first = await gate.enter(never);
    const abort = new AbortController();
    const second = gate.enter(never);
    const third = gate.enter(abort.signal);
    abort.abort();
    await expect(third).rejects.toThrow();
    gate.leave(first, 'failed');
    expect(await second).toBeGreaterThanOrEqual(first);
  });

  it('lets nothing start during a pause', async () => {
    const gate = new EndpointGate({ concurrency: 2 });
    const start = performance.now();
    gate.pause(60);
    await gate.enter(never);
    expect(performance.now() - start).toBeGreaterThan(58);
  });
});

describe('the pause before a retry', () => {
  it.each([
    ['7', 7000],
    ['0.5', 500],
    ['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('reads Retry-After %s as %s ms', (header, expected) => {
    expect(parseRetryAfter(header, Date.parse('2026-11-23T10:00:00Z'))).toBe(expected);
  });

  it('is what the endpoint asks for, else doubles with half of it drawn', () => {
    expect(pauseBeforeRetry(1, 500, 7000)).toBe(7000);
    expect([1, 2, 3].map((attempt) => pauseBeforeRetry(attempt, 500, undefined, () => 0))).toEqual([
      250, 500, 1000,
    ]);
    expect(pauseBeforeRetry(3, 500, undefined, () => 1)).toBe(2000);
    expect(pauseBeforeRetry(60, 500, undefined, () => 1)).toBe(30_000);
  });
});

describe('the dialect', () => {
  const refused = (message: string) => statusFault('POST /x', 400, message, undefined);

  it('is learnt once; requests that were sent in the old one are sent again', () => {
    const dialect = new EndpointDialect();
    const old = dialect.forms;
    expect(dialect.learn(refused('unknown field: stream_options'), old)).toBe(true);
    expect(dialect.forms.usageInStream).toBe(false);
    expect(dialect.learn(refused('unknown field: stream_options'), old)).toBe(true);
    expect(dialect.learn(refused('unknown field: stream_options'), dialect.forms)).toBe(false);
  });

  it('is not changed by other refusals', () => {
    const dialect = new EndpointDialect();
    expect(dialect.learn(refused('temperature must be 1'), dialect.forms)).toBe(false);
    expect(dialect.learn(statusFault('POST /x', 500, 'stream_options', undefined), dialect.forms)).toBe(
      false,
    );
  });
});
