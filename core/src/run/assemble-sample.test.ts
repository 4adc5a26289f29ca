// A sample keeps what was asked, answered and measured; a failed one keeps its reason.
import { describe, expect, it } from 'vitest';
import type { LanguageResult } from '../request/request.ts';
import { type AskedItem, assembleSample } from './assemble-sample.ts';
import { exampleItem } from './fixture/example-record.ts';

const contexts = [{ id: 'd#0', documentId: 'd', index: 0, text: 't', start: 0, end: 1, rank: 1, score: 2 }];
const choice = (id: string, continuation: string, context = 'Q:'): AskedItem['requests'][number] => ({
  kind: 'loglikelihood',
  id,
  context: { type: 'text', text: context },
  continuation,
});
const scored = (id: string, e2eMs: number, prefillMs?: number): LanguageResult => ({
  id,
  status: 'ok',
  kind: 'loglikelihood',
  loglikelihood: -1,
  isGreedy: false,
  tokens: { prompt: 10, output: 2, dropped: 1 },
  timing: { queueMs: e2eMs / 10, e2eMs, prefillMs },
  attempts: 1,
});
const asked = (change: Partial<AskedItem> = {}): AskedItem => ({
  evaluationId: 'e',
  item: exampleItem(),
  repeat: 1,
  contexts: undefined,
  requests: [choice('a', ' yes'), choice('b', ' no')],
  startedAt: '2026-11-01T10:00:00.000Z',
  ...change,
});

describe('a sample of several requests', () => {
  it('adds up tokens and engine time, and takes the longest request for its own', () => {
    const sample = assembleSample(asked(), [scored('a', 20, 4), scored('b', 30, 5)]);
    expect(sample).toMatchObject({
      outcome: { status: 'ok' },
      input: 'Q:',
      choices: 2,
      tokens: { prompt: 20, output: 4, dropped: 2 },
      timing: { queueMs: 2, e2eMs: 30, prefillMs: 9 },
      requests: [{ text: ' yes', loglikelihood: -1 }, { text: ' no' }],
    });
  });

  it('does not add up what is known of some alone', () => {
    const sample = assembleSample(asked(), [scored('a', 20, 4), scored('b', 30)]);
    expect(sample.timing.prefillMs).toBeUndefined();
  });

  it('does not count choices that are asked without their question', () => {
    const requests = [
      choice('a', ' yes'),
      choice('b', ' no'),
      choice('c', ' yes', ''),
      choice('d', ' no', ''),
    ];
    expect(
      assembleSample(
        asked({ requests }),
        requests.map(({ id }) => scored(id, 1)),
      ).choices,
    ).toBe(2);
  });

  it('fails with the reason of the first request that failed', () => {
    const failed: LanguageResult = {
      id: 'b',
      status: 'failed',
      reason: 'timeout',
      message: 'late',
      attempts: 3,
    };
    expect(assembleSample(asked(), [scored('a', 20), failed])).toMatchObject({
      outcome: { status: 'failed', reason: 'timeout', message: 'late' },
      scores: [],
      requests: [{ text: ' yes' }],
      timing: { e2eMs: 20 },
    });
  });
});

it('fails where the answer cannot be scored', () => {
  const item = exampleItem({
    outcome: () => {
      throw new Error('the target is no number');
    },
  });
  expect(assembleSample(asked({ item }), [scored('a', 1), scored('b', 1)]).outcome).toEqual({
    status: 'failed',
    reason: 'scoring_failed',
    message: 'the target is no number',
  });
});

it('knows whether a relevant document was retrieved, where one is known', () => {
  const gold = (relevantDocuments: string[], found: typeof contexts | undefined) =>
    assembleSample(asked({ item: exampleItem({ relevantDocuments }), contexts: found }), [
      scored('a', 1),
      scored('b', 1),
    ]).goldRetrieved;
  expect([gold(['d'], contexts), gold(['x'], contexts), gold([], contexts), gold(['d'], undefined)]).toEqual([
    true,
    false,
    undefined,
    undefined,
  ]);
});

it('shows messages as JSON', () => {
  const messages = [{ role: 'user', content: 'Hi' }] as const;
  const requests = [
    {
      kind: 'generate',
      id: 'a',
      prompt: { type: 'messages', messages },
      stop: [],
      maxTokens: 1,
      sampling: { temperature: 0 },
    },
  ] as const;
  const answer: LanguageResult = {
    id: 'a',
    status: 'ok',
    kind: 'generate',
    text: 'Hello',
    finish: 'length',
    tokens: { prompt: 1, output: 1, dropped: 0 },
    timing: { queueMs: 0, ttftMs: 3, interTokenMs: [1.23456], e2eMs: 4 },
    attempts: 1,
  };
  expect(assembleSample(asked({ requests }), [answer])).toMatchObject({
    input: '[{"role":"user","content":"Hi"}]',
    output: 'Hello',
    timing: { interTokenMs: [1.235] },
    requests: [{ finish: 'length' }],
  });
});
