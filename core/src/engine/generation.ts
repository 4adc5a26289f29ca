// Answers a stream of generation requests with a local model, one request per sequence at a time.
import type { FailedResult, GenerateRequest, GenerateResult } from '../request/request.ts';
import { type BackendCall, type Entered, monotonicNow } from './backend.ts';
import type { Intake } from './intake.ts';
import type { LocalModel, WritingSequence } from './local-model.ts';
import { promptFailure, promptText } from './prompt-text.ts';
import { StopMatcher } from './stop-matcher.ts';
import { encodeText, prefixToken } from './text-tokenizer.ts';
import { TokenText } from './token-text.ts';

/** Works until the intake ends: a sequence that is free takes the next request, so that all of them stay busy. */
export async function runGeneration(
  model: LocalModel,
  intake: Intake<Entered<GenerateRequest>>,
  call: BackendCall<GenerateResult>,
): Promise<void> {
  const work = async (sequence: WritingSequence): Promise<void> => {
    while (!call.signal.aborted) {
      const entered = intake.shift();
      if (entered === undefined) {
        if (!(await intake.wait())) return;
        continue;
      }
      call.started([entered.request.id]);
      const result = await answer(model, sequence, entered, call);
      if (result !== undefined) call.emit(result);
    }
  };
  await Promise.all(model.sequences.map(work));
}

/** Undefined when the call was aborted meanwhile. */
async function answer(
  model: LocalModel,
  sequence: WritingSequence,
  { request, enteredMs }: Entered<GenerateRequest>,
  call: BackendCall<GenerateResult>,
): Promise<GenerateResult | FailedResult | undefined> {
  const startedMs = monotonicNow();
  const failed = (reason: FailedResult['reason'], message: string): FailedResult => ({
    id: request.id,
    status: 'failed',
    reason,
    message,
    attempts: 1,
  });
  // As the reference: the prompt's left is cut so that the whole answer fits (lm_eval/models/huggingface.py `generate_until`).
  const room = model.maxLength - request.maxTokens;
  if (room <= 0) {
    return failed(
      'context_overflow',
      `max tokens ${request.maxTokens} leave no room for a prompt in the context of ${model.maxLength}`,
    );
  }
  let ids: number[];
  try {
    ids = encodeText(model.tokenizer, promptText(model, request.prompt));
  } catch (thrown) {
    return promptFailure(request.id, thrown);
  }
  const prompt = ids.length === 0 ? [prefixToken(model.tokenizer)] : ids.slice(-room);
  const written = await write(model, sequence, request, prompt, call);
  if (written === undefined) return undefined;
  const [first, last] = [written.arrivals[0], written.arrivals.at(-1)];
  return {
    id: request.id,
    status: 'ok',
    kind: 'generate',
    text: written.text,
    finish: written.finish,
    tokens: {
      prompt: prompt.length,
      output: written.arrivals.length,
      dropped: Math.max(0, ids.length - room),
    },
    timing: {
      queueMs: startedMs - enteredMs,
      ttftMs: first === undefined ? undefined : first - enteredMs,
      interTokenMs: written.arrivals
        .slice(1)
        .map((arrival, index) => arrival - (written.arrivals[index] ?? arrival)),
      e2eMs: monotonicNow() - enteredMs,
      prefillMs: first === undefined ? undefined : first - startedMs,
      decodeMs: first === undefined || last === undefined ? undefined : last - first,
    },
    attempts: 1,
  };
}

/** `arrivals`: when each token came, in milliseconds of the monotonic clock. */
interface Written {
  readonly text: string;
  readonly finish: 'stop' | 'length';
  readonly arrivals: readonly number[];
}

async function write(
  model: LocalModel,
  sequence: WritingSequence,
  request: GenerateRequest,
  prompt: readonly number[],
  { signal, wrote }: BackendCall<GenerateResult>,
): Promise<Written | undefined> {
  const matcher = new StopMatcher(request.stop, wrote && ((piece) => wrote(request.id, piece)));
  const text = new TokenText(model.tokenizer, prompt);
  const arrivals: number[] = [];
  let finish: 'stop' | 'length' = request.maxTokens === 0 ? 'length' : 'stop';
  if (request.maxTokens > 0) {
    for await (const token of sequence.write(prompt, request.sampling)) {
      arrivals.push(monotonicNow());
      if (signal.aborted) return undefined;
      if (matcher.push(text.push(token))) break;
      if (arrivals.length >= request.maxTokens) {
        finish = 'length';
        break;
      }
    }
  }
  if (matcher.push(text.flush())) finish = 'stop';
  return { text: matcher.text, finish, arrivals };
}
