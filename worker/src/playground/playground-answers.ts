// Asks the samples of a playground and tells what comes: the prompts, the text as it is generated, the scores.
import {
  BancadaError,
  type GenerateRequest,
  type LanguageModel,
  type LanguageRequest,
  type LanguageResult,
  type Prompt,
  resolveModel,
  type ScoringRequest,
} from '@bancada/core';
import {
  homesWithLibrary,
  libraryOf,
  type PlaygroundPiece,
  type PlaygroundRequest,
  withTask,
} from '@bancada/prisma';
import type { WorkerContext } from '../context.ts';
import { type PlaygroundSample, playgroundSamples } from './playground-samples.ts';

type Tell = (piece: PlaygroundPiece) => void;

/** @throws BancadaError for an unknown model or task, a template that does not render, weights that do not load. */
export async function answerSamples(
  request: PlaygroundRequest,
  { env, pool, warm }: WorkerContext,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  const { task = '', taskText } = request;
  const saved = await libraryOf(pool, taskText ?? task);
  const homes = await homesWithLibrary(
    env.homes,
    taskText === undefined ? saved : withTask(saved, task, taskText),
  );
  const samples = await playgroundSamples(request, homes);
  for (const { index, requests, target } of samples)
    tell({ type: 'prompt', index, prompt: shown(requests[0]), target });
  const { secret, network } = env;
  const resolved = await resolveModel(request.model, {
    homes,
    secret,
    network,
    baseDirectory: homes[0] ?? '.',
  });
  const loan = warm.lend();
  let intact = false;
  try {
    const open = loan.openers.languageModel;
    if (open === undefined)
      throw new BancadaError('CAPABILITY_MISSING', 'no language model can be opened here');
    await ask(await open(resolved), samples, signal, tell);
    intact = true;
  } finally {
    await loan.end(intact);
  }
}

async function ask(
  model: LanguageModel,
  samples: readonly PlaygroundSample[],
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  const owners = new Map(samples.flatMap((sample) => sample.requests.map(({ id }) => [id, sample] as const)));
  const results = new Map<string, LanguageResult>();
  const generated = [...ownRequests(samples, (one): one is GenerateRequest => one.kind === 'generate')];
  const scored = [...ownRequests(samples, (one): one is ScoringRequest => one.kind !== 'generate')];
  const onText = (id: string, text: string) => {
    const index = owners.get(id)?.index;
    if (index !== undefined) tell({ type: 'text', index, text });
  };
  const take = (result: LanguageResult) => {
    results.set(result.id, result);
    const sample = owners.get(result.id);
    if (sample?.requests.every(({ id }) => results.has(id)))
      tell(
        answerOf(
          sample,
          sample.requests.map(({ id }) => results.get(id) as LanguageResult),
        ),
      );
  };
  if (generated.length > 0) {
    for await (const result of model.generate(stream(generated), { signal, onText })) take(result);
  }
  if (scored.length > 0) {
    for await (const result of model.loglikelihood(stream(scored), { signal })) take(result);
  }
}

function answerOf({ index, item }: PlaygroundSample, results: readonly LanguageResult[]): PlaygroundPiece {
  const failed = results.find((result) => result.status === 'failed');
  if (failed) return { type: 'failed', index, message: failed.message };
  const [first] = results.filter((result) => result.status === 'ok');
  const text = first?.kind === 'generate' ? first.text : '';
  const outputTokens = results.reduce((sum, one) => sum + (one.status === 'ok' ? one.tokens.output : 0), 0);
  const times = { ttftMs: first?.timing.ttftMs, e2eMs: first?.timing.e2eMs ?? 0 };
  try {
    const outcome = item?.outcome(results, []);
    const scores = (outcome?.scores ?? []).map(({ metric, filter, value }) => ({ metric, filter, value }));
    return { type: 'answer', index, text, prediction: outcome?.prediction, scores, outputTokens, ...times };
  } catch (thrown) {
    return { type: 'failed', index, message: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function ownRequests<Kind extends LanguageRequest>(
  samples: readonly PlaygroundSample[],
  isKind: (request: LanguageRequest) => request is Kind,
): Kind[] {
  return samples.flatMap(({ requests }) => requests.filter(isKind));
}

async function* stream<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

/** The prompt as text; messages with their roles. */
function shown(request: LanguageRequest | undefined): string {
  if (request === undefined) return '';
  if (request.kind === 'loglikelihood_rolling') return request.text;
  const prompt: Prompt = request.kind === 'generate' ? request.prompt : request.context;
  if (prompt.type === 'text') return prompt.text;
  return prompt.messages.map(({ role, content }) => `${role}: ${content}`).join('\n\n');
}
