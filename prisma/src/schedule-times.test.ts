// Due times in named zones, over both changes of the clocks, and what passed while nobody looked.
import { expect, test } from 'vitest';
import { checkTimes, nextTimes, passedTimes } from './schedule-times.ts';

const newYork = (cron: string) => ({ cron, timeZone: 'America/New_York' });
const iso = (times: readonly Date[]) => times.map((time) => time.toISOString().slice(0, 16));

test('clocks go forward: a time that is skipped comes right after the gap, once', () => {
  expect(iso(nextTimes(newYork('30 2 * * *'), new Date('2026-03-07T00:00:00Z'), 3))).toEqual([
    '2026-03-07T07:30',
    '2026-03-08T07:00',
    '2026-03-09T06:30',
  ]);
  expect(iso(nextTimes(newYork('0 * * * *'), new Date('2026-03-08T05:30:00Z'), 3))).toEqual([
    '2026-03-08T06:00',
    '2026-03-08T07:00',
    '2026-03-08T08:00',
  ]);
});

test('clocks go back: a time that is repeated comes once, every hour comes every hour', () => {
  expect(iso(nextTimes(newYork('30 1 * * *'), new Date('2026-10-31T00:00:00Z'), 3))).toEqual([
    '2026-10-31T05:30',
    '2026-11-01T05:30',
    '2026-11-02T06:30',
  ]);
  expect(iso(nextTimes(newYork('0 * * * *'), new Date('2026-11-01T04:30:00Z'), 3))).toEqual([
    '2026-11-01T05:00',
    '2026-11-01T06:00',
    '2026-11-01T07:00',
  ]);
});

test('the same clock time in winter and summer', () => {
  const lisbon = { cron: '0 9 * * *', timeZone: 'Europe/Lisbon' };
  expect(iso(nextTimes(lisbon, new Date('2026-03-28T10:00:00Z'), 1))).toEqual(['2026-03-29T08:00']);
  expect(iso(nextTimes(lisbon, new Date('2026-10-24T10:00:00Z'), 1))).toEqual(['2026-10-25T09:00']);
});

test('what has passed: how many, and the latest', () => {
  const hourly = { cron: '0 * * * *', timeZone: 'UTC' };
  const from = new Date('2026-11-01T10:00:00Z');
  expect(passedTimes(hourly, from, new Date('2026-11-01T09:59:59Z'))).toBeUndefined();
  expect(passedTimes(hourly, from, from)).toEqual({ count: 1, latest: from });
  const later = passedTimes(hourly, from, new Date('2026-11-01T13:30:00Z'));
  expect(later).toEqual({ count: 4, latest: new Date('2026-11-01T13:00:00Z') });
  const often = passedTimes({ ...hourly, cron: '* * * * *' }, from, new Date('2026-11-21T10:00:00Z'));
  expect(often).toEqual({ count: 1000, latest: new Date('2026-11-21T10:00:00Z') });
});

test.each([
  ['61 * * * *', 'UTC', /^cron: .*minute: 61/],
  ['* * * * * *', 'UTC', /^cron: .*5 parts/],
  ['often', 'UTC', /^cron: /],
  ['0 0 30 2 *', 'UTC', /^cron: .*never comes/],
  ['0 9 * * *', 'Mars/Olympus', /^timeZone: .*no such time zone/],
  ['0 9 * * *', '', /^timeZone: /],
])('%s in %s is refused', (cron, timeZone, message) => {
  expect(() => checkTimes({ cron, timeZone })).toThrow(message);
});
