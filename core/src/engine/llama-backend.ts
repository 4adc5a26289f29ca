// node-llama-cpp as a backend of the engine.
import { setTimeout } from 'node:timers/promises';
import {
  getLlama,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  LlamaLogLevel,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import { BancadaError, toError } from '../errors.ts';
import type { Backend, BackendDescription } from './backend.ts';
import { runGeneration } from './generation.ts';
import { checkGguf, type GgufHeader } from './gguf-header.ts';
import type { LlamaOptions } from './llama-options.ts';
import { LlamaSequence } from './llama-sequence.ts';
import type { LocalModel } from './local-model.ts';
import { packageVersion } from './package-version.ts';
import { runScoring } from './scoring.ts';
import type { TextTokenizer } from './text-tokenizer.ts';

/** The library keeps one position of a sequence free. */
const spareTokens = 8;
const logDelayMs = 100;

/** Loads the weights. Throws BancadaError FILE_NOT_FOUND, FILE_INVALID or MODEL_LOAD_FAILED. */
export async function openLlamaBackend(options: LlamaOptions): Promise<Backend> {
  const header = await checkGguf(options.file);
  const complaints: string[] = [];
  try {
    const llama = await getLlama({
      build: 'never',
      gpu: options.gpu,
      logLevel: LlamaLogLevel.error,
      logger: (_level, message) => complaints.push(message.trim()),
    });
    return await load(llama, header, options);
  } catch (thrown) {
    // The library passes llama.cpp's own words on a moment later.
    await setTimeout(logDelayMs);
    const said = [toError(thrown).message, ...complaints.slice(-3)].join('; ');
    throw new BancadaError('MODEL_LOAD_FAILED', `llama.cpp cannot load the model: ${said}`, {
      file: options.file,
      hint: 'Check that the download is complete and that the architecture is one that this llama.cpp release knows',
      cause: thrown,
    });
  }
}

async function load(llama: Llama, header: GgufHeader, options: LlamaOptions): Promise<Backend> {
  const weights = await llama.loadModel({
    modelPath: options.file,
    ...(options.gpuLayers === undefined ? {} : { gpuLayers: options.gpuLayers }),
  });
  const context = await createContext(weights, options);
  const model: LocalModel = {
    tokenizer: tokenizerOf(weights),
    maxLength: Math.min(options.contextSize ?? weights.trainContextSize, context.contextSize - spareTokens),
    chatTemplate: header.chatTemplate,
    sequences: Array.from(
      { length: options.parallel },
      () => new LlamaSequence(context.getSequence(), options.seed),
    ),
  };
  return {
    description: describe(llama, header, model),
    generate: (intake, call) => runGeneration(model, intake, call),
    loglikelihood: (intake, call) => runScoring(model, intake, call),
    ask: async (question) => {
      if (question.kind === 'count_tokens')
        return question.texts.map((text) => model.tokenizer.encode(text).length);
      throw new BancadaError('CAPABILITY_MISSING', `llama-cpp does not answer "${question.kind}"`);
    },
    close: () => llama.dispose(),
  };
}

/** Without `contextSize`: the training context where memory allows it, else what the library finds to fit. */
async function createContext(weights: LlamaModel, options: LlamaOptions): Promise<LlamaContext> {
  const shared = {
    sequences: options.parallel,
    threads: options.threads,
    flashAttention: options.flashAttention ?? (weights.llama.gpu === false ? false : ('auto' as const)),
    ...(options.batchSize === undefined ? {} : { batchSize: options.batchSize }),
  };
  const wanted = options.contextSize ?? weights.trainContextSize;
  try {
    return await weights.createContext({ ...shared, contextSize: wanted + spareTokens });
  } catch (thrown) {
    if (options.contextSize !== undefined || !(thrown instanceof InsufficientMemoryError)) throw thrown;
    return weights.createContext({ ...shared, contextSize: { max: wanted } });
  }
}

function tokenizerOf(weights: LlamaModel): TextTokenizer {
  const { tokens } = weights;
  return {
    encode: (text) => weights.tokenize(text, true),
    decode: (ids, before) => weights.detokenize(ids as Token[], false, before as Token[]),
    bos: tokens.bos === null ? undefined : { id: tokens.bos, text: tokens.bosString ?? '' },
    eos: tokens.eos === null ? undefined : { id: tokens.eos, text: tokens.eosString ?? '' },
    addsBos: tokens.shouldPrependBosToken,
  };
}

function describe(llama: Llama, header: GgufHeader, model: LocalModel): BackendDescription {
  const build = `llama.cpp ${llama.llamaCppRelease.release}, ${llama.gpu === false ? 'cpu' : llama.gpu}`;
  return {
    engine: `node-llama-cpp ${packageVersion('node-llama-cpp')} (${build})`,
    parameters: header.parameters,
    contextLength: model.maxLength,
    chat: model.chatTemplate !== undefined,
    parallel: model.sequences.length,
  };
}
