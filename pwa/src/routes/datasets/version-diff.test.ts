// What changed between versions.
import { expect, it } from 'vitest';
import { versionChanges } from './version-diff.ts';

const split = (name: string, rows: number, sha256: string, columns = ['a', 'b']) => ({
  name,
  rows,
  sha256,
  columns,
});

it('tells splits, rows, content and columns', () => {
  const before = [
    split('test', 10, 'x'),
    split('old', 1, 'o'),
    split('same', 5, 's'),
    split('other', 7, 'p'),
  ];
  const after = [
    split('test', 12, 'y', ['a', 'c']),
    split('same', 5, 's'),
    split('other', 7, 'q'),
    split('new', 3, 'n'),
  ];
  expect(versionChanges(before, after)).toEqual([
    { type: 'rowsChanged', split: 'test', before: 10, after: 12 },
    { type: 'columnsAdded', split: 'test', columns: ['c'] },
    { type: 'columnsRemoved', split: 'test', columns: ['b'] },
    { type: 'contentChanged', split: 'other' },
    { type: 'splitAdded', split: 'new', rows: 3 },
    { type: 'splitRemoved', split: 'old' },
  ]);
  expect(versionChanges(before, before)).toEqual([]);
});
