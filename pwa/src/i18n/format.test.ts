// Numbers and texts as English and Brazilian Portuguese write them.
import { expect, test } from 'vitest';
import { fill } from './fill.ts';
import { formatFor } from './format.ts';
import { chooseLanguage } from './language.ts';

const en = formatFor('en');
const pt = formatFor('pt-BR');

test('percent, numbers and nothing', () => {
  expect(en.percent(0.6127)).toBe('61.3%');
  expect(pt.percent(0.6127)).toBe('61,3%');
  expect(pt.number(12345.678)).toBe('12.345,678');
  expect(en.number(null)).toBe('–');
  expect(en.number(Number.NaN)).toBe('–');
});

test('quantities carry their unit', () => {
  expect(en.quantity(6.02, 'ms')).toBe('6.02 ms');
  expect(en.quantity(1234, 'ms')).toBe('1.23 sec');
  expect(en.quantity(1_500_000_000, 'bytes')).toBe('1.5 GB');
  expect([0, 1, 50].map((count) => en.bytes(count))).toEqual(['0 bytes', '1 byte', '50 bytes']);
  expect(pt.bytes(50)).toBe('50 bytes');
  expect(en.quantity(61.4, 'celsius')).toBe('61.4°C');
  expect(en.quantity(3, 'tok/s')).toBe('3 tok/s');
});

test('durations grow from seconds to hours', () => {
  expect(en.duration(4.25)).toBe('4.3 sec');
  expect(en.duration(200)).toBe('3 min 20 sec');
  expect(en.duration(7500)).toBe('2 hr 5 min');
});

test('how long ago', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  expect(en.ago('2026-11-20T11:55:00Z', now)).toBe('5 min. ago');
  expect(pt.ago('2026-11-19T12:00:00Z', now)).toBe('ontem');
});

test('texts take values and plurals', () => {
  expect(fill('{done} of {total} {total|sample|samples}', { done: 1, total: 1200 })).toBe(
    '1 of 1,200 samples',
  );
  expect(fill('{n} {n|run|runs}', { n: 1 })).toBe('1 run');
  expect(fill('{n} {n|execução|execuções}', { n: 2 }, 'pt-BR')).toBe('2 execuções');
  expect(fill('{unknown} stays')).toBe('{unknown} stays');
});

test('the browser’s first known language is taken', () => {
  expect(chooseLanguage(['fr', 'pt-PT', 'en'])).toBe('pt-BR');
  expect(chooseLanguage(['de'])).toBe('en');
});
