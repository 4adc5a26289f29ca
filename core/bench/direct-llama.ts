// node-llama-cpp called as its own examples do: what the library's engine is measured against.
import { getLlama, type LlamaContext, LlamaLogLevel, type LlamaModel, type Token } from 'node-llama-cpp';

/** A model and a context of `parallel` sequences, one CPU thread, flash attention off, as the provider llama-cpp opens them. */
export async function openDirect(
  file: string,
  parallel: number,
): Promise<{ model: LlamaModel; context: LlamaContext; close: () => Promise<void> }> {
  const llama = await getLlama({ build: 'never', gpu: false, logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath: file });
  const context = await model.createContext({
    contextSize: model.trainContextSize + 8,
    sequences: parallel,
    threads: 1,
    flashAttention: false,
  });
  return { model, context, close: () => llama.dispose() };
}

/** Ids with the model's BOS in front. */
export function encodeWithBos(model: LlamaModel, text: string): Token[] {
  const { bos } = model.tokens;
  return bos === null ? model.tokenize(text, true) : [bos, ...model.tokenize(text, true)];
}
