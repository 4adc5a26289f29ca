// 5-shot multiple choice with 4 choices: prefix order against one request at a time from an empty cache.
// node core/bench/prefix-order.bench.ts [items] prints one JSON line a result.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { llamaCpp } from '../src/model/llama-cpp.ts';
import { unrestrictedNetwork } from '../src/network/network-policy.ts';
import type { LoglikelihoodRequest } from '../src/request/request.ts';
import { PythonRandom } from '../src/statistics/python-random.ts';
import { encodeWithBos, openDirect } from './direct-llama.ts';

interface Row {
  readonly question: string;
  readonly choices: readonly string[];
  readonly answer: number;
  readonly language: string;
}

const root = join(import.meta.dirname, '../..');
const model = {
  name: 'bancada-tiny',
  folder: join(root, 'data/models/bancada-tiny'),
  file: 'bancada-tiny.gguf',
};
const items = Number(process.argv[2] ?? 60);
const shots = 5;
/** Sums that differ by more than this, in nats, are not the same score: batches of other sizes round differently. */
const tolerance = 0.02;

const rows = (split: string): Row[] =>
  readFileSync(join(root, `data/datasets/tiny-choice/${split}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): Row => JSON.parse(line))
    .filter((row) => row.language === 'en');

/** The requests of all items; `draw` gives an item's few-shot examples. */
function requests(draw: () => readonly Row[]): LoglikelihoodRequest[] {
  const ask = (row: Row): string => `Question: ${row.question}\nAnswer:`;
  return rows('test')
    .slice(0, items)
    .flatMap((row, index) => {
      const examples = draw().map((shot) => `${ask(shot)} ${shot.choices[shot.answer]}\n\n`);
      const context = { type: 'text', text: examples.join('') + ask(row) } as const;
      return row.choices.map((choice, number) => ({
        kind: 'loglikelihood' as const,
        id: `${index}:0:${number}`,
        context,
        continuation: ` ${choice}`,
      }));
    });
}

async function* stream<Item>(list: readonly Item[]): AsyncGenerator<Item> {
  yield* list;
}

/** Seconds and scores through the library. */
async function throughCore(
  list: readonly LoglikelihoodRequest[],
): Promise<{ seconds: number; scores: Map<string, number> }> {
  const options = llamaCpp.options.parse({ file: model.file, threads: 1, gpu: false });
  const opened = await llamaCpp.language?.(options, {
    name: model.name,
    baseDirectory: model.folder,
    secret: () => undefined,
    network: unrestrictedNetwork,
  });
  if (opened === undefined) throw new Error('llama-cpp serves no language models');
  const scores = new Map<string, number>();
  // The first request warms both sides up and is not counted.
  for await (const _ of opened.loglikelihood(stream(list.slice(0, 1))));
  const start = performance.now();
  for await (const result of opened.loglikelihood(stream(list))) {
    if (result.status === 'ok') scores.set(result.id, result.loglikelihood);
  }
  const seconds = (performance.now() - start) / 1000;
  await opened.close();
  return { seconds, scores };
}

/** Seconds and scores of node-llama-cpp, each request whole and from an empty cache. */
async function oneAtATime(
  list: readonly LoglikelihoodRequest[],
): Promise<{ seconds: number; scores: Map<string, number> }> {
  const direct = await openDirect(join(model.folder, model.file), 1);
  const sequence = direct.context.getSequence();
  const scores = new Map<string, number>();
  const score = async (request: LoglikelihoodRequest): Promise<number> => {
    const text = request.context.type === 'text' ? request.context.text : '';
    const read = encodeWithBos(direct.model, text);
    const whole = encodeWithBos(direct.model, text + request.continuation);
    await sequence.clearHistory();
    const outputs = await sequence.controlledEvaluate(
      whole.slice(0, -1).map((token, index) => {
        const target = whole[index + 1];
        if (index < read.length - 1 || target === undefined) return token;
        return [
          token,
          {
            generateNext: { logits: { filter: { tokens: [target], includeTop: 1 } }, totalLogitWeight: true },
          },
        ];
      }),
    );
    return whole.slice(read.length).reduce((sum, token, index) => {
      const next = outputs[read.length - 1 + index]?.next;
      const logits = next?.logits ?? new Map();
      return (
        sum +
        (logits.get(token) ?? Number.NaN) -
        Math.max(...logits.values()) -
        Math.log(next?.totalLogitWeight ?? 0)
      );
    }, 0);
  };
  for (const request of list.slice(0, 1)) await score(request);
  const start = performance.now();
  for (const request of list) scores.set(request.id, await score(request));
  const seconds = (performance.now() - start) / 1000;
  await direct.close();
  return { seconds, scores };
}

async function compare(name: string, draw: () => readonly Row[], limit: number | undefined): Promise<void> {
  const list = requests(draw);
  const core = await throughCore(list);
  const peer = await oneAtATime(list);
  const differences = list.map(({ id }) =>
    Math.abs((core.scores.get(id) ?? Number.NaN) - (peer.scores.get(id) ?? Number.NaN)),
  );
  const worst = Math.max(...differences);
  const ratio = peer.seconds / core.seconds;
  const same = worst <= tolerance;
  console.log(
    JSON.stringify({
      name,
      value: list.length / core.seconds,
      unit: 'request/s',
      peer: list.length / peer.seconds,
      ratio,
      limit: limit === undefined ? undefined : `ratio >= ${limit}`,
      pass: same && (limit === undefined || ratio >= limit),
      note: `${items} items x 4 choices, ${shots} shots, ${model.name}, 1 thread; largest difference of a sum ${worst.toFixed(4)} nats`,
    }),
  );
}

const examples = rows('train');
const random = new PythonRandom(1234);
await compare('prefix-order, shared shots (first_n)', () => examples.slice(0, shots), 5);
await compare('prefix-order, random shots', () => random.sample(examples, shots), undefined);
