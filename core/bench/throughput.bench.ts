// Decode and prefill tokens per second through the library against node-llama-cpp called directly with the same batch.
// node core/bench/throughput.bench.ts [model.gguf] [repetitions] prints one JSON line a result.

import { basename, dirname, join } from 'node:path';
import type { LlamaContextSequence } from 'node-llama-cpp';
import type { LanguageModel } from '../src/model/language-model.ts';
import { llamaCpp } from '../src/model/llama-cpp.ts';
import { unrestrictedNetwork } from '../src/network/network-policy.ts';
import type { GenerateRequest } from '../src/request/request.ts';
import { encodeWithBos, openDirect } from './direct-llama.ts';

const bundled = join(import.meta.dirname, '../../data/models/bancada-tiny/bancada-tiny.gguf');
const file = process.argv[2] ?? bundled;
const repetitions = Number(process.argv[3] ?? 12);
const parallel = 4;
const limit = 0.95;

/** Every prompt begins differently, so that nothing is reused on either side. */
interface Load {
  readonly name: string;
  readonly prompts: readonly string[];
  readonly maxTokens: number;
  /** Which tokens of a request are counted. */
  readonly counted: 'prompt' | 'output';
}

const words =
  'the old town had a bridge and a mill where people met in the evening to talk about bread and rain';
const decode: Load = {
  name: 'decode',
  prompts: Array.from({ length: 16 }, (_, index) => `${index} times one day a child`),
  maxTokens: 96,
  counted: 'output',
};
const prefill: Load = {
  name: 'prefill',
  prompts: Array.from({ length: 16 }, (_, index) => `${index} ${words} ${words} ${words} ${words}`),
  maxTokens: 1,
  counted: 'prompt',
};

async function* stream<Item>(list: readonly Item[]): AsyncGenerator<Item> {
  yield* list;
}

function requests(load: Load): GenerateRequest[] {
  return load.prompts.map((text, index) => ({
    kind: 'generate',
    id: `${index}`,
    prompt: { type: 'text', text },
    stop: [],
    maxTokens: load.maxTokens,
    sampling: { temperature: 0 },
  }));
}

/** Tokens per second of wall time. */
async function throughCore(model: LanguageModel, load: Load): Promise<number> {
  let tokens = 0;
  const start = performance.now();
  for await (const result of model.generate(stream(requests(load)))) {
    if (result.status === 'ok') tokens += result.tokens[load.counted];
  }
  return tokens / ((performance.now() - start) / 1000);
}

/** The same with each sequence taking the next prompt when it is free. */
async function throughPeer(
  direct: Awaited<ReturnType<typeof openDirect>>,
  sequences: readonly LlamaContextSequence[],
  load: Load,
): Promise<number> {
  let tokens = 0;
  const waiting = [...load.prompts];
  const work = async (sequence: LlamaContextSequence): Promise<void> => {
    for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
      const prompt = encodeWithBos(direct.model, text);
      await sequence.clearHistory();
      const written = [];
      for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
        written.push(token);
        if (written.length >= load.maxTokens) break;
      }
      direct.model.detokenize(written);
      tokens += load.counted === 'prompt' ? prompt.length : written.length;
    }
  };
  const start = performance.now();
  await Promise.all(sequences.map(work));
  return tokens / ((performance.now() - start) / 1000);
}

const options = llamaCpp.options.parse({ file: basename(file), threads: 1, parallel, gpu: false });
const model = await llamaCpp.language?.(options, {
  name: basename(file),
  baseDirectory: dirname(file),
  secret: () => undefined,
  network: unrestrictedNetwork,
});
if (model === undefined) throw new Error('llama-cpp serves no language models');
const direct = await openDirect(file, parallel);
const sequences = Array.from({ length: parallel }, () => direct.context.getSequence());

for (const load of [decode, prefill]) {
  const core: number[] = [];
  const peer: number[] = [];
  // One round each warms up and is not counted; then they take turns, so that a busy machine slows both.
  for (let round = 0; round <= repetitions; round++) {
    const rates = [await throughCore(model, load), await throughPeer(direct, sequences, load)] as const;
    if (round === 0) continue;
    core.push(rates[0]);
    peer.push(rates[1]);
  }
  // The best round of each side: what else the machine does can only slow a round down.
  const [value, best] = [Math.max(...core), Math.max(...peer)];
  const ratio = value / best;
  console.log(
    JSON.stringify({
      name: `throughput, ${load.name}`,
      value,
      unit: 'token/s',
      peer: best,
      ratio,
      limit: `ratio >= ${limit}`,
      pass: ratio >= limit,
      note: `${basename(file)}, ${parallel} sequences, 1 thread, best of ${repetitions} rounds in turns`,
    }),
  );
}
await direct.close();
await model.close();
