// A cross-encoder in ONNX as a backend of the engine.
import { AutoModelForSequenceClassification, AutoTokenizer, type Tensor } from '@huggingface/transformers';
import { BancadaError } from '../errors.ts';
import type { Backend } from './backend.ts';
import { engineName, firstLength, loadOptions } from './onnx-session.ts';
import type { TransformersOptions } from './transformers-options.ts';

/** Pairs per forward pass. */
const batchSize = 16;

/** Throws what transformers.js throws. */
export async function openOnnxReranker(id: string, options: TransformersOptions): Promise<Backend> {
  const tokenizer = await AutoTokenizer.from_pretrained(id);
  const weights = await AutoModelForSequenceClassification.from_pretrained(id, loadOptions(options));
  const maxLength = options.contextSize ?? firstLength(tokenizer.model_max_length) ?? 512;
  const score = async (query: string, passages: readonly string[]): Promise<number[]> => {
    const pairs = { text_pair: [...passages], padding: true, truncation: true, max_length: maxLength };
    const outputs: Record<string, Tensor> = await weights(
      tokenizer(
        passages.map(() => query),
        pairs,
      ),
    );
    const logits = outputs.logits;
    if (logits === undefined) throw new Error('the ONNX graph has no output "logits"');
    const width = logits.dims[1] ?? 1;
    const values = logits.to('float32').data as Float32Array;
    // One logit is the score; of two, the second class is "relevant".
    return passages.map(
      (_, row) => (values[(row + 1) * width - 1] ?? 0) - (width === 2 ? (values[row * width] ?? 0) : 0),
    );
  };
  const unsupported = (): never => {
    throw new BancadaError('CAPABILITY_MISSING', 'a reranker answers no language requests');
  };
  return {
    description: { engine: engineName(), contextLength: maxLength, chat: false, parallel: 1 },
    generate: unsupported,
    loglikelihood: unsupported,
    ask: async (question, signal) => {
      if (question.kind === 'count_tokens')
        return question.texts.map((text) => tokenizer.encode(text, { add_special_tokens: false }).length);
      if (question.kind === 'embed')
        throw new BancadaError('CAPABILITY_MISSING', 'a reranker does not embed');
      const scores: number[] = [];
      for (let start = 0; start < question.passages.length; start += batchSize) {
        if (signal.aborted) throw new BancadaError('ABORTED', 'reranking was aborted');
        scores.push(...(await score(question.query, question.passages.slice(start, start + batchSize))));
        // Messages, an abort among them, are heard between batches.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return scores;
    },
    close: async () => {
      await weights.dispose();
    },
  };
}
