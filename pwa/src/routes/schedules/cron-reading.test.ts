// Expressions in both languages.
import { expect, test } from 'vitest';
import { readCron } from './cron-reading.ts';

test('reads expressions in English and in Portuguese', () => {
  expect(readCron('30 6 * * 1-5', 'en')).toBe('At 06:30, Monday through Friday');
  expect(readCron('30 6 * * 1-5', 'pt-BR')).toMatch(/^Às 06:30, de segunda-feira a sexta-feira$/);
  expect(readCron('0 * * * *', 'pt-BR')).toBe('A cada hora');
});

test('says nothing of what is no expression', () => {
  expect(readCron('often', 'en')).toBe('');
  expect(readCron('', 'pt-BR')).toBe('');
});
