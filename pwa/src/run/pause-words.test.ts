// The reason of a pause in the reader's language; what is not known stays as the worker wrote it.
import { expect, test } from 'vitest';
import { pauseWords } from './pause-words.ts';

const pauseReason = 'in English';
const pauseParameters = {
  code: 'DISK_FULL',
  node: 'box',
  folder: '/srv/bancada',
  freeBytes: 1.5e9,
  reserveBytes: 2e9,
};

test('a disk that is nearly full is told in both languages', () => {
  expect(pauseWords({ pauseReason, pauseParameters }, 'en')).toBe(
    'The disk of box is nearly full: 1.5 GB are free of the 2 GB that stay free (/srv/bancada). The run goes on by itself once there is room.',
  );
  expect(pauseWords({ pauseReason, pauseParameters }, 'pt-BR')).toMatch(
    /^O disco de box está quase cheio: há 1,5\sGB livres dos 2\sGB que ficam reservados \(\/srv\/bancada\)\. A execução continua sozinha/,
  );
});

test('a person who paused it is told of where there is no reason', () => {
  expect(pauseWords({ pauseReason: null, pauseParameters: null }, 'pt-BR')).toMatch(
    /^Alguém pausou a execução/,
  );
});

test.each([[null], ['DISK_FULL'], [{}], [{ code: 'LATER' }], [{ code: 'DISK_FULL', freeBytes: 'x' }]])(
  'what is not known (%j) stays as it was written',
  (unknown) => {
    expect(pauseWords({ pauseReason, pauseParameters: unknown }, 'pt-BR')).toBe(pauseReason);
  },
);
