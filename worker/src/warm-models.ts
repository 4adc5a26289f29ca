// The local weights of a worker, kept loaded from one evaluation to the next: a language model and an embedder.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Embedder,
  type LanguageModel,
  type ModelOpeners,
  openEmbedder,
  openLanguageModel,
  providers,
  type ResolvedModel,
} from '@bancada/core';
import { type Closable, WarmSlot } from './warm-slot.ts';

const closeGraceMs = 500;

/** One evaluation's borrowing. */
export interface ModelLoan {
  /** For `runEvaluation`: what they open stays loaded when it is closed. */
  readonly openers: ModelOpeners;
  /** Ends the loan; weights that may be lost are freed. */
  end(intact: boolean): Promise<void>;
}

/** Models of remote endpoints hold nothing worth keeping and are opened as ever. */
export class WarmModels {
  readonly #language = new WarmSlot<LanguageModel>(openLanguageModel);
  readonly #embedder = new WarmSlot<Embedder>(openEmbedder);

  /** Lends to one evaluation. */
  lend(): ModelLoan {
    const returns: ((intact: boolean) => Promise<void>)[] = [];
    const borrow = async <Resource extends Closable>(slot: WarmSlot<Resource>, model: ResolvedModel) => {
      const resource = await slot.take(model);
      returns.push((intact) => (intact ? slot.keep(model, resource) : resource.close()));
      return resource;
    };
    return {
      openers: {
        languageModel: async (model) =>
          isLocalModel(model) ? borrowedModel(await borrow(this.#language, model)) : openLanguageModel(model),
        embedder: async (model) =>
          isLocalModel(model) ? borrowedEmbedder(await borrow(this.#embedder, model)) : openEmbedder(model),
      },
      end: async (intact) => {
        const all = Promise.all(returns.map((giveBack) => giveBack(intact)));
        // What was stopped in the middle closes by itself, however long it takes.
        await Promise.race([all, sleep(closeGraceMs, undefined, { ref: false })]);
      },
    };
  }

  /** Frees everything. */
  async close(): Promise<void> {
    await Promise.all([this.#language.close(), this.#embedder.close()]);
  }
}

/** Whether the weights are loaded by the worker itself. */
export function isLocalModel({ provider }: ResolvedModel): boolean {
  const { local } = providers[provider] as { readonly local?: boolean };
  return local === true;
}

function borrowedModel(model: LanguageModel): LanguageModel {
  return {
    info: model.info,
    capabilities: model.capabilities,
    generate: (requests, options) => model.generate(requests, options),
    loglikelihood: (requests, options) => model.loglikelihood(requests, options),
    close: async () => undefined,
  };
}

function borrowedEmbedder(embedder: Embedder): Embedder {
  return {
    info: embedder.info,
    dimensions: embedder.dimensions,
    embed: (texts, role, signal) => embedder.embed(texts, role, signal),
    countTokens: (texts) => embedder.countTokens(texts),
    close: async () => undefined,
  };
}
