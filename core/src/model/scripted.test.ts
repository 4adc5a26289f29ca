// The scripted provider: answers by prompt, by rule, late, failing, and fast enough to measure everything else.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type { LanguageModel } from './language-model.ts';
import { scripted } from './scripted.ts';
import { ask, chat, collect, pair, question, scoreOf, stream } from './test-question.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'scripted-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function open(options: Record<string, unknown>, lines?: readonly unknown[]): Promise<LanguageModel> {
  const text = lines?.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  if (text !== undefined) await writeFile(path.join(folder, 'answers.jsonl'), text);
  const given = { ...options, ...(text === undefined ? {} : { file: 'answers.jsonl' }) };
  const context = {
    name: 'script',
    baseDirectory: folder,
    secret: () => undefined,
    network: unrestrictedNetwork,
  };
  const model = await scripted.language?.(scripted.options.parse(given), context);
  if (model === undefined) throw new Error('no language model');
  return model;
}

describe('answers', () => {
  it('come from the file, by prompt, cut at the stop string', async () => {
    const model = await open({}, [
      { prompt: '1+1=', answer: ' 2\n1+2=' },
      { prompt: 'user: hi', answer: 'hello' },
    ]);
    expect(await ask(model, question('1+1=', { stop: ['\n'] }))).toMatchObject({
      text: ' 2',
      finish: 'stop',
    });
    expect(await ask(model, question('1+1=', { stop: [''] }))).toMatchObject({ text: ' 2\n1+2=' });
    expect(await ask(model, chat('hi'))).toMatchObject({ text: 'hello' });
    expect(await ask(model, question('2+2='))).toMatchObject({
      status: 'failed',
      reason: 'invalid_response',
    });
  });

  it('fall back to one answer for all', async () => {
    expect(await ask(await open({ answer: 'yes' }), question('any'))).toMatchObject({ text: 'yes' });
  });

  it('are scores by context and continuation, or by the whole text', async () => {
    const model = await open({}, [
      { context: 'a', continuation: ' b', loglikelihood: -1.5, is_greedy: true },
      { text: 'whole', loglikelihood: -9 },
    ]);
    expect(await scoreOf(model, pair('a', ' b'))).toMatchObject({ loglikelihood: -1.5, isGreedy: true });
    expect(await scoreOf(model, { kind: 'loglikelihood_rolling', id: 'r', text: 'whole' })).toMatchObject({
      loglikelihood: -9,
    });
    expect(await scoreOf(model, pair('a', ' c'))).toMatchObject({ status: 'failed' });
  });

  it('are made from the text itself with `hash`: the same each time, another for another text', async () => {
    const model = await open({ loglikelihood: 'hash' });
    const [first, again, other] = [
      await scoreOf(model, pair('a', ' b')),
      await scoreOf(model, pair('a', ' b')),
      await scoreOf(model, pair('a', ' c')),
    ];
    expect(first.status === 'ok' && first.loglikelihood).toBe(again.status === 'ok' && again.loglikelihood);
    expect(first.status === 'ok' && first.loglikelihood).not.toBe(
      other.status === 'ok' && other.loglikelihood,
    );
  });

  it('can fail regularly and take their time, side by side', async () => {
    const model = await open({ answer: 'x', fail_every: 4, latency_ms: 20, concurrency: 20 });
    const start = performance.now();
    const results = await collect(
      model.generate(stream(Array.from({ length: 20 }, (_, index) => question(String(index))))),
    );
    expect(performance.now() - start).toBeLessThan(400);
    expect(results.filter(({ status }) => status === 'failed')).toHaveLength(5);
  });

  it('stop coming after an abort', async () => {
    const model = await open({ answer: 'x', latency_ms: 5000 });
    const results = await collect(
      model.generate(stream([question('a')]), { signal: AbortSignal.timeout(30) }),
    );
    expect(results).toEqual([]);
  });
});

describe('the file', () => {
  it('is told by line when a line is no answer', async () => {
    await expect(
      open({}, [
        { prompt: 'a', answer: 'b' },
        { prompt: 'a', anwser: 'b' },
      ]),
    ).rejects.toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringContaining('answers.jsonl:2'),
    });
    await expect(open({}, ['{"prompt": '])).rejects.toMatchObject({ code: 'FILE_INVALID' });
  });

  it('is told when it is missing', async () => {
    await expect(open({ file: 'gone.jsonl' })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it('is part of the model’s fingerprint', async () => {
    const first = await open({}, [{ prompt: 'a', answer: 'b' }]);
    const second = await open({}, [{ prompt: 'a', answer: 'c' }]);
    expect(first.info.fingerprint).not.toBe(second.info.fingerprint);
  });
});
