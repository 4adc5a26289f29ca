// Paging through the rows of a data set, and writing their cells.
import { describe, expect, it } from 'vitest';
import { besidePage, offsetInAddress, rowsPerPage, writeCell } from './row-page.ts';

describe('paging', () => {
  it('knows both ends', () => {
    expect(besidePage(0, rowsPerPage, 45)).toEqual({ before: undefined, after: 20 });
    expect(besidePage(20, rowsPerPage, 45)).toEqual({ before: 0, after: 40 });
    expect(besidePage(40, 5, 45)).toEqual({ before: 20, after: undefined });
    expect(besidePage(7, rowsPerPage, 45)).toEqual({ before: 0, after: 27 });
  });

  it('goes on while pages are full when the size is unknown', () => {
    expect(besidePage(0, rowsPerPage, null).after).toBe(20);
    expect(besidePage(20, 3, null).after).toBeUndefined();
    expect(besidePage(20, 0, null).after).toBeUndefined();
  });

  it('takes no offset that is none', () => {
    expect(['', '-3', '2.5', 'x', '40'].map(offsetInAddress)).toEqual([0, 0, 0, 0, 40]);
  });
});

it('writes cells', () => {
  const row = { a: 'x', b: [1, 2], c: null, d: 0, e: false };
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map((column) => writeCell(row, column))).toEqual([
    'x',
    '[1,2]',
    '',
    '0',
    'false',
    '',
  ]);
  expect(writeCell(null, 'a')).toBe('');
});
