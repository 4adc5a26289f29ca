// The samples of a playground: a prompt with given values, with rows of a data set, or with rows of a task.
import {
  BancadaError,
  compileTemplate,
  type LanguageRequest,
  loadTask,
  openDataset,
  type Prompt,
  type Sampling,
  type TaskItem,
} from '@bancada/core';
import type { PlaygroundRequest } from '@bancada/prisma';

/** One sample, ready to be asked. */
export interface PlaygroundSample {
  readonly index: number;
  readonly requests: readonly LanguageRequest[];
  readonly target: string | undefined;
  /** Undefined without a task: nothing is scored. */
  readonly item: TaskItem | undefined;
}

type Render = (values: Readonly<Record<string, unknown>>, place: string) => string;

const defaultTokens = 256;

/** @throws BancadaError for an unknown task or data set, and for a template that does not render. */
export async function playgroundSamples(
  request: PlaygroundRequest,
  homes: readonly string[],
): Promise<PlaygroundSample[]> {
  const { template } = request;
  const render: Render | undefined = template === undefined ? undefined : compileTemplate(template).render;
  if (request.task !== undefined) return taskSamples(request, request.task, homes, render);
  if (render === undefined) {
    throw new BancadaError('INVALID_INPUT', 'nothing to ask', { allowed: 'a template, a task, or both' });
  }
  if (request.dataset !== undefined) return rowSamples(request, request.dataset, homes, render);
  return [plainSample(request, 0, render(request.variables, 'prompt'))];
}

async function taskSamples(
  request: PlaygroundRequest,
  name: string,
  homes: readonly string[],
  render: Render | undefined,
): Promise<PlaygroundSample[]> {
  const { seed, chat } = request;
  const task = await loadTask(
    { task: name, apply_chat_template: chat || undefined },
    {
      homes,
      baseDirectory: homes[0] ?? '.',
      seed,
    },
  );
  const samples: PlaygroundSample[] = [];
  for await (const item of task.items({ limit: request.samples })) {
    const requests = item.requests(0, []).map((asked) => changed(asked, item, request, render));
    samples.push({ index: item.index, requests, target: item.target, item });
  }
  return samples;
}

async function rowSamples(
  request: PlaygroundRequest,
  { name, split }: NonNullable<PlaygroundRequest['dataset']>,
  homes: readonly string[],
  render: Render,
): Promise<PlaygroundSample[]> {
  const dataset = await openDataset(name, homes);
  const chosen = split ?? dataset.splits[0]?.name ?? '';
  const samples: PlaygroundSample[] = [];
  for await (const row of dataset.rows(chosen)) {
    if (samples.length >= request.samples) break;
    const place = `row ${samples.length + 1} of split "${chosen}"`;
    samples.push(plainSample(request, samples.length, render({ ...row, ...request.variables }, place)));
  }
  return samples;
}

function plainSample(request: PlaygroundRequest, index: number, text: string): PlaygroundSample {
  const prompt: Prompt = request.chat
    ? { type: 'messages', messages: [{ role: 'user', content: text }] }
    : { type: 'text', text };
  const asked: LanguageRequest = {
    kind: 'generate',
    id: String(index),
    prompt,
    stop: [],
    maxTokens: request.maxTokens ?? defaultTokens,
    sampling: samplingOf(request),
  };
  return { index, requests: [asked], target: undefined, item: undefined };
}

/** A request of the task with the template's text instead of the task's question, and the sampling that was asked for. */
function changed(
  asked: LanguageRequest,
  { row, target, index }: TaskItem,
  request: PlaygroundRequest,
  render: Render | undefined,
): LanguageRequest {
  const put = (prompt: Prompt): Prompt => {
    if (render === undefined) return prompt;
    const values = { contexts: [], ...row, target, prompt: questionOf(prompt), ...request.variables };
    return withQuestion(prompt, render(values, `row ${index + 1}`));
  };
  if (asked.kind === 'loglikelihood') return { ...asked, context: put(asked.context) };
  if (asked.kind === 'loglikelihood_rolling') return asked;
  const maxTokens = request.maxTokens ?? asked.maxTokens;
  return { ...asked, prompt: put(asked.prompt), maxTokens, sampling: samplingOf(request) };
}

function samplingOf({ temperature, seed }: PlaygroundRequest): Sampling {
  return { temperature, seed };
}

function questionOf(prompt: Prompt): string {
  return prompt.type === 'text' ? prompt.text : (prompt.messages.findLast(isUser)?.content ?? '');
}

function withQuestion(prompt: Prompt, text: string): Prompt {
  if (prompt.type === 'text') return { type: 'text', text };
  const last = prompt.messages.findLastIndex(isUser);
  const messages = prompt.messages.map((message, index) =>
    index === last ? { ...message, content: text } : message,
  );
  return { type: 'messages', messages };
}

function isUser({ role }: { readonly role: string }): boolean {
  return role === 'user';
}
