// A sentence encoder in ONNX as a backend of the engine.
import {
  AutoModel,
  AutoTokenizer,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from '@huggingface/transformers';
import { BancadaError } from '../errors.ts';
import type { Answer, Backend, Question } from './backend.ts';
import { engineName, firstLength, loadOptions } from './onnx-session.ts';
import type { TransformersOptions } from './transformers-options.ts';

/** Texts per forward pass. */
const batchSize = 32;

/** A loaded encoder. */
interface Encoder {
  readonly weights: PreTrainedModel;
  readonly tokenizer: PreTrainedTokenizer;
  readonly maxLength: number;
  readonly options: TransformersOptions;
}

/** Throws what transformers.js throws. */
export async function openOnnxEmbedder(id: string, options: TransformersOptions): Promise<Backend> {
  const tokenizer = await AutoTokenizer.from_pretrained(id);
  const weights = await AutoModel.from_pretrained(id, loadOptions(options));
  const maxLength = options.contextSize ?? firstLength(tokenizer.model_max_length) ?? 512;
  const encoder: Encoder = { weights, tokenizer, maxLength, options };
  const dimensions = (await embed(encoder, ['a'], new AbortController().signal))[0]?.length;
  const unsupported = (): never => {
    throw new BancadaError('CAPABILITY_MISSING', 'an embedder answers no language requests');
  };
  return {
    description: { engine: engineName(), contextLength: maxLength, chat: false, parallel: 1, dimensions },
    generate: unsupported,
    loglikelihood: unsupported,
    ask: (question, signal) => answer(encoder, question, signal),
    close: async () => {
      await weights.dispose();
    },
  };
}

async function answer(encoder: Encoder, question: Question, signal: AbortSignal): Promise<Answer> {
  if (question.kind === 'count_tokens') {
    return question.texts.map((text) => encoder.tokenizer.encode(text, { add_special_tokens: false }).length);
  }
  if (question.kind === 'rerank') throw new BancadaError('CAPABILITY_MISSING', 'an embedder does not rerank');
  const prefix = question.role === 'query' ? encoder.options.queryPrefix : encoder.options.documentPrefix;
  return embed(
    encoder,
    question.texts.map((text) => prefix + text),
    signal,
  );
}

/** Texts of like length go together, so that little is padded. */
async function embed(
  encoder: Encoder,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const order = [...texts.keys()].sort((a, b) => (texts[a]?.length ?? 0) - (texts[b]?.length ?? 0));
  const vectors: Float32Array[] = new Array(texts.length);
  for (let start = 0; start < order.length; start += batchSize) {
    if (signal.aborted) throw new BancadaError('ABORTED', 'embedding was aborted');
    const indexes = order.slice(start, start + batchSize);
    const batch = await embedBatch(
      encoder,
      indexes.map((index) => texts[index] ?? ''),
    );
    for (const [position, index] of indexes.entries()) vectors[index] = batch[position] ?? new Float32Array();
    // Messages, an abort among them, are heard between batches.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return vectors;
}

async function embedBatch(encoder: Encoder, texts: readonly string[]): Promise<Float32Array[]> {
  const { weights, tokenizer, maxLength, options } = encoder;
  const inputs = isBag(weights)
    ? bagInputs(
        texts.map((text) => tokenizer.encode(text, { add_special_tokens: false }).slice(0, maxLength)),
      )
    : tokenizer([...texts], { padding: true, truncation: true, max_length: maxLength });
  const outputs: Record<string, Tensor> = await weights(inputs);
  const output =
    outputs.sentence_embedding ?? outputs.embeddings ?? outputs.last_hidden_state ?? outputs.token_embeddings;
  if (output === undefined)
    throw new Error(`the ONNX graph has no known output (${Object.keys(outputs).join(', ')})`);
  const mask = inputs.attention_mask?.data as BigInt64Array | undefined;
  const pooled = output.dims.length === 2 ? rows(output) : pool(output, mask, options.pooling);
  return options.normalize ? pooled.map(unit) : pooled;
}

/** Static embeddings (model2vec): all tokens in one list, and where each text begins. */
function isBag(weights: PreTrainedModel): boolean {
  return Object.values(weights.sessions).some((session) => session.inputNames.includes('offsets'));
}

function bagInputs(texts: readonly (readonly number[])[]): Record<string, Tensor> {
  let length = 0;
  const offsets = texts.map((ids) => {
    const offset = length;
    length += ids.length;
    return BigInt(offset);
  });
  return {
    input_ids: new Tensor('int64', BigInt64Array.from(texts.flat(), BigInt), [length]),
    offsets: new Tensor('int64', BigInt64Array.from(offsets), [offsets.length]),
  };
}

function rows(tensor: Tensor): Float32Array[] {
  const [count = 0, width = 0] = tensor.dims;
  const values = tensor.data as Float32Array;
  return Array.from({ length: count }, (_, row) => values.slice(row * width, (row + 1) * width));
}

/** Mean over the tokens that the mask keeps, or the first token's vector. */
function pool(
  tensor: Tensor,
  mask: BigInt64Array | undefined,
  pooling: TransformersOptions['pooling'],
): Float32Array[] {
  const [count = 0, tokens = 0, width = 0] = tensor.dims;
  const values = tensor.data as Float32Array;
  return Array.from({ length: count }, (_, text) => {
    const at = (token: number): number => (text * tokens + token) * width;
    if (pooling !== 'mean') return values.slice(at(0), at(0) + width);
    const sum = new Float32Array(width);
    let kept = 0;
    for (let token = 0; token < tokens; token++) {
      if (mask && mask[text * tokens + token] === 0n) continue;
      kept += 1;
      for (let index = 0; index < width; index++)
        sum[index] = (sum[index] ?? 0) + (values[at(token) + index] ?? 0);
    }
    return sum.map((value) => value / Math.max(kept, 1));
  });
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}
