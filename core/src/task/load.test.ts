// Tasks ask exactly what lm-evaluation-harness asks: contexts, continuations, targets and choices printed by it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import reference from '../../reference/task/contexts.json' with { type: 'json' };
import type { Prompt } from '../prompt/message.ts';
import type { LanguageRequest } from '../request/request.ts';
import { loadTask } from './load.ts';
import type { ItemOptions, TaskItem } from './task.ts';

type Case = (typeof reference.cases)[number];

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bancada-task-'));
  for (const [data, splits] of Object.entries(reference.data)) {
    for (const [split, rows] of Object.entries(splits as Record<string, unknown[]>)) {
      await writeFile(
        path.join(folder, `${data}-${split}.jsonl`),
        rows.map((row) => JSON.stringify(row)).join('\n'),
      );
    }
  }
});

afterAll(() => rm(folder, { recursive: true }));

test.each(reference.cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
  const items = await itemsOf(one);
  const asked = items.flatMap((item) =>
    item.requests(0, []).map((request) => ({ doc: item.index, ...comparable(request) })),
  );
  const expected = one.requests.map(({ doc, context, ...rest }) => ({
    doc,
    context,
    ...comparableReference(rest),
  }));
  expect(asked).toEqual(expected);
});

test.each(['multiple choice by columns', 'generate, shots from the evaluated split'])(
  '%s: the shots do not depend on limit and skip',
  async (name) => {
    const one = { ...caseNamed(name), config: { ...caseNamed(name).config, num_fewshot: 3 } } as Case;
    const whole = await itemsOf(one);
    const part = await itemsOf(one, { limit: 6, skip: (index) => index < 4 });
    expect(part.map((item) => item.index)).toEqual([4, 5]);
    expect(part.map((item) => item.requests(0, []))).toEqual(
      [4, 5].map((index) => whole[index]?.requests(0, [])),
    );
  },
);

test('a multiple-choice item knows its right option', async () => {
  const one = caseNamed('multiple choice by columns');
  const items = await itemsOf(one);
  const choices = one.choices as string[][];
  expect(items.map((item) => item.target)).toEqual(
    one.targets.map((target, index) => choices[index]?.[target as number]),
  );
});

function caseNamed(name: string): Case {
  const found = reference.cases.find((one) => one.name === name);
  if (!found) throw new Error(`no case ${name}`);
  return found;
}

async function itemsOf(one: Case, options: ItemOptions = {}): Promise<TaskItem[]> {
  const style = one.style as { chat?: boolean; multiturn?: boolean; system?: string };
  const splits = Object.keys(reference.data[one.data as keyof typeof reference.data]);
  const data_files = Object.fromEntries(splits.map((split) => [split, `${one.data}-${split}.jsonl`]));
  const file = path.join(folder, `${one.name.replace(/\W+/g, '-')}.yaml`);
  // JSON is YAML.
  await writeFile(
    file,
    JSON.stringify({
      task: 'reference',
      dataset_path: 'json',
      dataset_kwargs: { data_files },
      ...one.config,
    }),
  );
  const task = await loadTask(
    {
      task: file,
      apply_chat_template: style.chat ?? false,
      fewshot_as_multiturn: style.multiturn ?? false,
      system_instruction: style.system,
    },
    { homes: [], baseDirectory: folder, seed: reference.seed },
  );
  return Array.fromAsync(task.items(options));
}

function comparable(request: LanguageRequest) {
  if (request.kind === 'loglikelihood_rolling') return { context: request.text };
  if (request.kind === 'loglikelihood')
    return { context: plain(request.context), continuation: request.continuation };
  return {
    context: plain(request.prompt),
    stop: request.stop,
    maxTokens: request.maxTokens,
    temperature: request.sampling.temperature,
  };
}

function comparableReference({ generation, continuation }: { generation?: object; continuation?: string }) {
  if (continuation !== undefined) return { continuation };
  if (generation === undefined) return {};
  const {
    until,
    max_gen_toks = 256,
    temperature = 0,
  } = generation as { until: string[]; max_gen_toks?: number; temperature?: number };
  return { stop: until, maxTokens: max_gen_toks, temperature };
}

function plain(prompt: Prompt): unknown {
  return prompt.type === 'text' ? prompt.text : prompt.messages;
}
