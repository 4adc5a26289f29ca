// Numbers as people read them.
import { expect, it } from 'vitest';
import { formatDuration, formatInterval, formatNumber, formatProbability } from './number-format.ts';

it.each([
  [0.93456, '0.935'],
  [12.345, '12.35'],
  [123.45, '123.5'],
  [12345.6, '12,346'],
  [-0.5, '-0.500'],
])('%d is written %s', (value, text) => expect(formatNumber(value)).toBe(text));

it.each([
  [3.2, '3 s'],
  [125, '2 min 05 s'],
  [3840, '1 h 04 min'],
])('%d seconds are written %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

it('writes a missing interval as a dash', () => {
  expect(formatInterval({ ciLow: undefined, ciHigh: undefined })).toBe('-');
  expect(formatInterval({ ciLow: 0.1, ciHigh: 0.25 })).toBe('[0.100, 0.250]');
});

it('does not pretend that a small p is zero', () => {
  expect(formatProbability(0.00001)).toBe('p < 0.001');
  expect(formatProbability(0.0421)).toBe('p = 0.042');
});
