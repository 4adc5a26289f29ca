// The models and indexes of a run: opened once, shared by the evaluations that need them, closed always.
import { toError } from '../errors.ts';
import type { Embedder } from '../model/embedder.ts';
import type { LanguageModel } from '../model/language-model.ts';
import {
  type ModelContext,
  type ModelSpec,
  openEmbedder,
  openLanguageModel,
  type ResolvedModel,
  resolveModel,
} from '../model/open.ts';
import { openRagPipeline } from '../rag/open.ts';
import type { RagPipeline } from '../rag/pipeline.ts';
import type { RagVariant } from '../rag/variant.ts';
import { untilAborted } from './abort.ts';
import { fingerprintOf } from './fingerprint.ts';

const closeGraceMs = 500;

/** What is needed to open things. */
export interface ResourceContext extends ModelContext {
  /** Where built indexes are kept between runs. */
  readonly indexDirectory: string;
  /** Versions of data sets that tasks name without one; the newest of those that it leaves out. */
  readonly datasetVersions?: Readonly<Record<string, number>> | undefined;
}

/** What loads models: others than core's own may keep them loaded between evaluations. */
export interface ModelOpeners {
  readonly languageModel?: ((model: ResolvedModel) => Promise<LanguageModel>) | undefined;
  readonly embedder?: ((model: ResolvedModel) => Promise<Embedder>) | undefined;
}

type Opening<Resource> = Promise<Resource>;

/** Holds one language model at a time, and every pipeline and embedder until the end. What failed to open is not tried again. */
export class RunResources {
  readonly #context: ResourceContext;
  readonly #signal: AbortSignal;
  readonly #openers: ModelOpeners;
  readonly #failed = new Map<ResolvedModel, Error>();
  #current: { readonly resolved: ResolvedModel; readonly model: LanguageModel } | undefined;
  readonly #pipelines = new Map<string, Opening<RagPipeline>>();
  readonly #embedders = new Map<string, Opening<Embedder>>();

  constructor(context: ResourceContext, signal: AbortSignal, openers: ModelOpeners = {}) {
    this.#context = context;
    this.#signal = signal;
    this.#openers = openers;
  }

  /** The open model; another one is closed first. @throws what opening threw, or BancadaError ABORTED. */
  async languageModel(resolved: ResolvedModel): Promise<LanguageModel> {
    if (this.#current?.resolved === resolved) return this.#current.model;
    const failure = this.#failed.get(resolved);
    if (failure) throw failure;
    await this.dropLanguageModel();
    try {
      const open = this.#openers.languageModel ?? openLanguageModel;
      const model = await this.#open(open(resolved));
      this.#current = { resolved, model };
      return model;
    } catch (thrown) {
      if (!this.#signal.aborted) this.#failed.set(resolved, toError(thrown));
      throw thrown;
    }
  }

  /** Closes the open model: it is lost, or no longer needed. */
  async dropLanguageModel(): Promise<void> {
    const model = this.#current?.model;
    this.#current = undefined;
    if (model) await this.#close(model.close());
  }

  /** The pipeline of a variant. @throws as {@link languageModel}. */
  pipeline(variant: RagVariant): Promise<RagPipeline> {
    return shared(this.#pipelines, fingerprintOf(variant), () =>
      this.#open(
        openRagPipeline(variant, {
          homes: this.#context.homes,
          indexDirectory: this.#context.indexDirectory,
          openEmbedder: (spec) => this.#embedder(spec),
          signal: this.#signal,
        }),
      ),
    );
  }

  /** Closes everything, side by side: an abort leaves little time. */
  async close(): Promise<void> {
    const closeOpened = async (opening: Opening<{ close(): Promise<void> }>) => {
      const resource = await opening.catch(() => undefined);
      if (resource) await this.#close(resource.close());
    };
    const opened = [...this.#pipelines.values(), ...this.#embedders.values()];
    await Promise.all([this.dropLanguageModel(), ...opened.map(closeOpened)]);
  }

  // Pipelines close the embedder that they were given; a shared one must outlive them.
  async #embedder(spec: ModelSpec): Promise<Embedder> {
    const open = this.#openers.embedder ?? openEmbedder;
    const embedder = await shared(this.#embedders, fingerprintOf(spec), async () =>
      this.#open(open(await resolveModel(spec, this.#context))),
    );
    return {
      info: embedder.info,
      dimensions: embedder.dimensions,
      embed: (texts, role, signal) => embedder.embed(texts, role, signal),
      countTokens: (texts) => embedder.countTokens(texts),
      close: async () => undefined,
    };
  }

  // What opens after the abort is closed as soon as it is there.
  #open<Resource extends { close(): Promise<void> }>(opening: Opening<Resource>): Opening<Resource> {
    return untilAborted(opening, this.#signal, 0).catch((thrown: unknown) => {
      opening.then((late) => late.close()).catch(() => undefined);
      throw thrown;
    });
  }

  // A resource that cannot be closed must not take the results with it.
  async #close(closing: Promise<void>): Promise<void> {
    await untilAborted(closing, this.#signal, closeGraceMs).catch(() => undefined);
  }
}

function shared<Resource>(
  known: Map<string, Opening<Resource>>,
  key: string,
  open: () => Opening<Resource>,
): Opening<Resource> {
  const opening = known.get(key) ?? open();
  known.set(key, opening);
  return opening;
}
