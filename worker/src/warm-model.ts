// Keeps the last local model loaded between shards: the next evaluation of the same model finds it warm.
import { type LanguageModel, openLanguageModel, type ResolvedModel } from '@bancada/core';

// Weights that nobody has asked for in this time give their memory back.
const idleMs = 60_000;

/** One borrowing of the model. */
export interface ModelLoan {
  /** For `runEvaluation`: the model's `close` leaves it loaded. */
  open(resolved: ResolvedModel): Promise<LanguageModel>;
  /** Ends the loan; a model that may be lost is closed. */
  end(intact: boolean): Promise<void>;
}

/** Holds at most one model. */
export class WarmModel {
  #held: { readonly key: string; readonly model: LanguageModel } | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Lends the model to one evaluation at a time; local shards wait for each other in their queue. */
  lend(): ModelLoan {
    clearTimeout(this.#timer);
    return {
      open: async (resolved) => borrowed(await this.#load(resolved)),
      end: async (intact) => {
        if (!intact) await this.close();
        else {
          this.#timer = setTimeout(() => {
            this.close().catch(() => undefined);
          }, idleMs).unref();
        }
      },
    };
  }

  /** Frees the weights. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const model = this.#held?.model;
    this.#held = undefined;
    await model?.close();
  }

  async #load(resolved: ResolvedModel): Promise<LanguageModel> {
    const key = keyOf(resolved);
    if (this.#held?.key === key) return this.#held.model;
    await this.close();
    const model = await openLanguageModel(resolved);
    this.#held = { key, model };
    return model;
  }
}

function keyOf({ name, provider, options, context }: ResolvedModel): string {
  return JSON.stringify([name, provider, options, context.baseDirectory]);
}

function borrowed(model: LanguageModel): LanguageModel {
  return {
    info: model.info,
    capabilities: model.capabilities,
    generate: (requests, options) => model.generate(requests, options),
    loglikelihood: (requests, options) => model.loglikelihood(requests, options),
    close: async () => undefined,
  };
}
