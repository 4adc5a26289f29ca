// A real trained GGUF model: scores, limits, aborts, crashes, broken files.

import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getLlama, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../engine/engine.ts';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type { GenerateRequest, LanguageResult, LoglikelihoodRequest } from '../request/request.ts';
import type { LanguageModel } from './language-model.ts';
import { llamaCpp } from './llama-cpp.ts';

const file = fileURLToPath(new URL('../../../../shared/data/models/stories260K.gguf', import.meta.url));
const present = existsSync(file);
if (!present) console.log('skipped: ../shared/data/models/stories260K.gguf is absent');

const context = {
  name: 'stories',
  baseDirectory: '.',
  secret: () => undefined,
  network: unrestrictedNetwork,
};
const start = 'Once upon a time, there was a';

function score(id: string, text: string, continuation: string): LoglikelihoodRequest {
  return { kind: 'loglikelihood', id, context: { type: 'text', text }, continuation };
}

function write(id: string, text: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
  const prompt = { type: 'text', text } as const;
  return { kind: 'generate', id, prompt, stop: [], maxTokens: 12, sampling: { temperature: 0 }, ...more };
}

async function* stream<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

async function collect(results: AsyncIterable<LanguageResult>): Promise<LanguageResult[]> {
  const found: LanguageResult[] = [];
  for await (const result of results) found.push(result);
  return found.sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

async function open(options: Record<string, unknown> = {}): Promise<LanguageModel> {
  const model = await llamaCpp.language?.(
    llamaCpp.options.parse({ file, threads: 1, gpu: false, ...options }),
    context,
  );
  if (model === undefined) throw new Error('llama-cpp serves no language models');
  return model;
}

describe.runIf(present)('a GGUF model', () => {
  let model: LanguageModel;
  beforeAll(async () => {
    model = await open();
  });
  afterAll(() => model?.close());

  it('scores as a full softmax of node-llama-cpp does, to 1e-3 nats, whatever shares a prefix', async () => {
    const pairs = [' dog', ' cat', ' little girl', ' little boy', ' little'].flatMap((continuation) =>
      [start, `${start} dog. ${start}`].map((text) => ({ text, continuation })),
    );
    const requests = pairs.map(({ text, continuation }, index) => score(`${index}`, text, continuation));
    const results = await collect(model.loglikelihood(stream(requests)));
    const expected = await fullSoftmax(pairs);
    for (const [index, result] of results.entries()) {
      expect(result).toMatchObject({ status: 'ok', tokens: { dropped: 0 } });
      if (result.status === 'ok' && result.kind === 'loglikelihood') {
        expect(Math.abs(result.loglikelihood - (expected[index] ?? Number.NaN))).toBeLessThan(1e-3);
      }
    }
  });

  it('says that what it would write itself is greedy', async () => {
    const [written] = await collect(model.generate(stream([write('0', start)])));
    if (written?.status !== 'ok' || written.kind !== 'generate') throw new Error('nothing written');
    const other = score('1', start, ' banana');
    const results = await collect(model.loglikelihood(stream([score('0', start, written.text), other])));
    expect(results).toMatchObject([{ isGreedy: true }, { isGreedy: false }]);
  });

  it('fails an empty continuation with its two strings, and nothing else', async () => {
    const results = await collect(
      model.loglikelihood(stream([score('0', start, ''), score('1', start, ' dog')])),
    );
    expect(results).toMatchObject([{ status: 'failed', reason: 'empty_continuation' }, { status: 'ok' }]);
    expect(results[0]).toMatchObject({ message: expect.stringContaining('there was a') });
  });

  it('ends before a stop string and reports times that add up', async () => {
    const requests = Array.from({ length: 9 }, (_, index) =>
      write(`${index}`, `${start} ${'very '.repeat(index)}`, { stop: ['.', ','] }),
    );
    for (const result of await collect(model.generate(stream(requests)))) {
      if (result.status !== 'ok' || result.kind !== 'generate') throw new Error(JSON.stringify(result));
      expect(result.text).not.toMatch(/[.,]/u);
      const { timing, tokens } = result;
      expect(timing.interTokenMs).toHaveLength(Math.max(0, tokens.output - 1));
      const parts = timing.queueMs + (timing.prefillMs ?? 0) + (timing.decodeMs ?? 0);
      expect(parts).toBeLessThanOrEqual(timing.e2eMs + 0.01);
      expect(timing.queueMs + (timing.prefillMs ?? 0)).toBeCloseTo(timing.ttftMs ?? 0, 3);
    }
  });

  it('draws the same text for the same seed, and other texts for others', async () => {
    const draw = (id: string, seed: number): GenerateRequest =>
      write(id, start, { sampling: { temperature: 1.2, topP: 0.95, seed } });
    const results = await collect(
      model.generate(stream([draw('0', 1), draw('1', 1), draw('2', 2), draw('3', 3)])),
    );
    const texts = results.map((result) =>
      result.status === 'ok' && result.kind === 'generate' ? result.text : '',
    );
    expect(texts[0]).toBe(texts[1]);
    expect(new Set(texts).size).toBeGreaterThan(1);
  });

  it('cuts a prompt that is too long on the left and says by how much', async () => {
    const small = await open({ context_size: 64 });
    const long = `${'Tom ran. '.repeat(80)}${start}`;
    const [written] = await collect(small.generate(stream([write('0', long)])));
    expect(written).toMatchObject({ status: 'ok', tokens: { prompt: 52, dropped: expect.any(Number) } });
    const [scored] = await collect(small.loglikelihood(stream([score('0', long, ' dog')])));
    expect(scored).toMatchObject({ status: 'ok' });
    if (scored?.status === 'ok') {
      expect(scored.tokens.prompt + scored.tokens.output).toBe(65);
      expect(scored.tokens.dropped).toBeGreaterThan(0);
    }
    const [none] = await collect(small.generate(stream([write('0', start, { maxTokens: 64 })])));
    expect(none).toMatchObject({ status: 'failed', reason: 'context_overflow' });
    await small.close();
  });

  it('stops within two seconds of an abort and serves the next call', async () => {
    const abort = new AbortController();
    const endless = (function* () {
      for (let index = 0; ; index++) yield write(`${index}`, `${start} ${index}`, { maxTokens: 400 });
    })();
    let answered = 0;
    let abortedAt = 0;
    for await (const _ of model.generate(stream(endless), { signal: abort.signal })) {
      answered += 1;
      if (abortedAt === 0) {
        abortedAt = performance.now();
        abort.abort();
      }
    }
    expect(answered).toBe(1);
    expect(performance.now() - abortedAt).toBeLessThan(2000);
    const begun = performance.now();
    expect(await collect(model.generate(stream([write('0', start)])))).toMatchObject([{ status: 'ok' }]);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('has no chat, and says so', async () => {
    const prompt = { type: 'messages', messages: [{ role: 'user', content: 'Hello' }] } as const;
    const results = await collect(model.generate(stream([write('0', start, { prompt })])));
    expect(results).toMatchObject([{ status: 'failed', reason: 'capability_missing' }]);
    expect(model.capabilities).toMatchObject({ chat: false, missing: { chat: expect.any(String) } });
  });
});

describe.runIf(present)('an engine that is killed', () => {
  const options = { file, threads: 1, parallel: 2, gpu: false, seed: 0 } as const;

  it('starts again and answers every request exactly once', async () => {
    const engine = await Engine.open({ backend: 'llama-cpp', options });
    const requests = Array.from({ length: 60 }, (_, index) =>
      write(`${index}`, `${start} ${index}`, { maxTokens: 60 }),
    );
    const seen: LanguageResult[] = [];
    for await (const result of engine.stream('generate', stream(requests), { window: 16 })) {
      seen.push(result);
      if (seen.length === 10 && engine.pid !== undefined) process.kill(engine.pid, 'SIGKILL');
    }
    expect(seen.map(({ id }) => id).sort()).toEqual(requests.map(({ id }) => id).sort());
    expect(seen.every(({ status }) => status === 'ok')).toBe(true);
    expect(seen.some(({ attempts }) => attempts === 2)).toBe(true);
    await engine.close();
  });

  it('gives a request up that kills it twice, and goes on with the others', async () => {
    const engine = await Engine.open({ backend: 'llama-cpp', options: { ...options, parallel: 1 } });
    const requests = ['a', 'b', 'c'].map((id) => write(id, start, { maxTokens: id === 'b' ? 1900 : 4 }));
    let busyWith = '';
    let killed: number | undefined;
    const killer = setInterval(() => {
      const { pid } = engine;
      if (busyWith !== 'b' || pid === undefined || pid === killed) return;
      killed = pid;
      setTimeout(() => process.kill(pid, 'SIGKILL'), 100);
    }, 20);
    const seen: LanguageResult[] = [];
    for await (const result of engine.stream('generate', stream(requests), { window: 1 })) {
      seen.push(result);
      busyWith = result.id === 'a' ? 'b' : '';
    }
    clearInterval(killer);
    expect(seen).toMatchObject([
      { id: 'a', status: 'ok' },
      {
        id: 'b',
        status: 'failed',
        reason: 'engine_crashed',
        attempts: 2,
        message: expect.stringContaining('SIGKILL'),
      },
      { id: 'c', status: 'ok' },
    ]);
    await engine.close();
  });
});

describe('a broken GGUF file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gguf-'));

  it('that is absent, or no GGUF file, is named', async () => {
    await expect(open({ file: join(folder, 'none.gguf') })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    writeFileSync(join(folder, 'text.gguf'), 'hello');
    await expect(open({ file: join(folder, 'text.gguf') })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: expect.stringMatching(/text\.gguf.*not a GGUF file/u),
    });
  });

  it.runIf(present).each([0.001, 0.5, 0.999])('cut to %f of its size is found out', async (share) => {
    const whole = readFileSync(file);
    const cut = join(folder, `cut-${share}.gguf`);
    writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * share)));
    await expect(open({ file: cut })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: expect.stringMatching(/cut-.*(truncated|not within the file bounds)/u),
    });
  });
});

/** Summed log-softmax over the whole vocabulary, each pair evaluated whole from an empty cache. */
async function fullSoftmax(pairs: readonly { text: string; continuation: string }[]): Promise<number[]> {
  const llama = await getLlama({ build: 'never', gpu: false });
  const weights = await llama.loadModel({ modelPath: file });
  const cache = await weights.createContext({ contextSize: 512, threads: 1, flashAttention: false });
  const sequence = cache.getSequence();
  const sums: number[] = [];
  for (const { text, continuation } of pairs) {
    const bos = weights.tokens.bos as Token;
    const read = [bos, ...weights.tokenize(text, true)];
    const whole = [bos, ...weights.tokenize(text + continuation, true)];
    await sequence.clearHistory();
    const everything = { probabilities: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } };
    const outputs = await sequence.controlledEvaluate(
      whole
        .slice(0, -1)
        .map((token, index) => (index < read.length - 1 ? token : [token, { generateNext: everything }])),
    );
    const scored = whole.slice(read.length);
    const probability = (token: Token, index: number): number =>
      outputs[read.length - 1 + index]?.next.probabilities?.get(token) ?? Number.NaN;
    sums.push(scored.reduce((sum, token, index) => sum + Math.log(probability(token, index)), 0));
  }
  await llama.dispose();
  return sums;
}
