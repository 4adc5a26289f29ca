// A LanguageModel whose weights live in the engine process.
import type { Engine } from '../engine/engine.ts';
import type {
  FailedResult,
  GenerateRequest,
  GenerateResult,
  LoglikelihoodResult,
  ScoringRequest,
} from '../request/request.ts';
import type { Capabilities } from './capabilities.ts';
import type { CallOptions, LanguageModel } from './language-model.ts';
import type { ModelInfo } from './model-info.ts';

/** Look-ahead of scoring: enough to bring requests with the same prefix together, small enough for any memory. */
const scoringWindow = 512;

/** Answers through a running engine and closes it in the end. */
export class EngineLanguageModel implements LanguageModel {
  readonly info: ModelInfo;
  readonly capabilities: Capabilities;
  readonly #engine: Engine;

  constructor(engine: Engine, info: ModelInfo) {
    this.#engine = engine;
    this.info = info;
    const { chat } = engine.description;
    this.capabilities = {
      completion: true,
      chat,
      loglikelihood: true,
      seed: true,
      ...(chat ? {} : { missing: { chat: 'the weights come without a chat template' } }),
    };
  }

  generate(
    requests: AsyncIterable<GenerateRequest>,
    options: CallOptions = {},
  ): AsyncIterable<GenerateResult | FailedResult> {
    // Two more than can run: a free sequence finds its next request at hand, and none waits for long.
    const window = this.#engine.description.parallel + 2;
    return this.#engine.stream('generate', requests, {
      window,
      signal: options.signal,
      onText: options.onText,
    });
  }

  loglikelihood(
    requests: AsyncIterable<ScoringRequest>,
    options: CallOptions = {},
  ): AsyncIterable<LoglikelihoodResult | FailedResult> {
    return this.#engine.stream('loglikelihood', requests, { window: scoringWindow, signal: options.signal });
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
