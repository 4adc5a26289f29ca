// Notices in the reader's language, whatever their values are.
import { expect, test } from 'vitest';
import { noticeWords } from './notice-words.ts';

const detail = 'in English';

test.each([
  [
    'RUN_ENDED',
    {
      scores: [{ task: 'sums', model: 'echo', metric: 'acc', value: 0.6666, ciLow: 0.5, ciHigh: 0.8 }],
      more: 2,
    },
    'sums · echo: acc 0.667 [0.5; 0.8]\n… and 2 more',
    'sums · echo: acc 0,667 [0,5; 0,8]\n… e mais 2',
  ],
  [
    'GATE_MISSED',
    {
      gates: [
        { metric: 'acc', task: 'sums', model: 'echo', value: 0.5, min: 0.9, message: 'm' },
        { message: 'compared' },
      ],
      more: 0,
    },
    'acc · sums · echo: 0.5, promised at least 0.9\ncompared',
    'acc · sums · echo: 0,5, prometido no mínimo 0,9\ncompared',
  ],
  ['RUN_FAILED', { reason: 'unknown model' }, 'unknown model', 'unknown model'],
  [
    'SCHEDULE_MISSED',
    { reason: 'absent', missed: 1, runs: true },
    '1 time passed while no worker was there. The latest is run now.',
    '1 horário passou sem nenhum worker. O último é executado agora.',
  ],
  [
    'SCHEDULE_MISSED',
    { reason: 'limit', active: 2, limit: 2 },
    'Not run: you have 2 runs that wait or run, and 2 are allowed at a time (BANCADA_RUNS_PER_USER).',
    'Não executado: você tem 2 execuções que esperam ou rodam, e são permitidas 2 por vez (BANCADA_RUNS_PER_USER).',
  ],
  [
    'DISK_LOW',
    { used: 97, freeBytes: 3e9 },
    '97 % of the disk is used, 3 GB are free.',
    '97 % do disco está em uso, 3 GB livres.',
  ],
])('%s', (kind, parameters, english, portuguese) => {
  expect(noticeWords({ kind, detail, parameters }, 'en')).toBe(english);
  expect(noticeWords({ kind, detail, parameters }, 'pt-BR')).toBe(portuguese);
});

test.each([undefined, null, {}, [], { scores: 'none' }])(
  'what was kept before there were values stays in English: %j',
  (parameters) => {
    expect(noticeWords({ kind: 'RUN_ENDED', detail, parameters }, 'pt-BR')).toBe(detail);
  },
);
