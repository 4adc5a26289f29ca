// What a push message shows and opens, whatever comes.
import { expect, test } from 'vitest';
import { shownMessage } from './push-message.ts';

test('a message names its kind in its language and opens its run', () => {
  const told = {
    id: 'n',
    kind: 'GATE_MISSED',
    subject: 'nightly',
    detail: 'why',
    runId: '019a-1',
    language: 'pt-BR',
  };
  expect(shownMessage(JSON.stringify(told))).toEqual({
    title: 'Critério não atingido: nightly',
    body: 'why',
    tag: '019a-1',
    path: '/runs/019a-1',
  });
});

test('what it tells is worded in the language of the subscription', () => {
  const parameters = { reason: 'absent', missed: 3, runs: false };
  const told = { id: 'n', kind: 'SCHEDULE_MISSED', subject: 's', detail: '3 times passed', parameters };
  expect(shownMessage(JSON.stringify({ ...told, language: 'pt-BR' })).body).toMatch(/^3 horários passaram/);
  expect(shownMessage(JSON.stringify({ ...told, language: 'en' })).body).toMatch(/^3 times passed/);
});

test('about no run, it opens the inbox', () => {
  expect(shownMessage('{"id":"n","kind":"DISK_LOW","subject":"box","detail":"","runId":null}')).toMatchObject(
    {
      title: 'Disk nearly full: box',
      tag: 'n',
      path: '/inbox',
    },
  );
});

test.each(['', 'not json', '[]', 'null', '{"kind":"NEW","runId":"../../evil"}'])(
  'what cannot be read still shows something: %s',
  (payload) => {
    expect(shownMessage(payload)).toMatchObject({ title: 'Bancada', path: '/inbox' });
  },
);
