// What a GGUF file says about itself, for people who choose among models.
import { stat } from 'node:fs/promises';
import { GGMLFileQuantizationType, gguf } from '@huggingface/gguf';
import { checkGguf } from '../engine/gguf-header.ts';

/** Read from the header; undefined where the file does not say. */
export interface GgufMetadata {
  /** `llama`, `qwen2`, … */
  readonly architecture: string | undefined;
  /** The model's own name for itself. */
  readonly title: string | undefined;
  /** Number of weights. */
  readonly parameters: number;
  /** `Q4_K_M`, `F16`, … */
  readonly quantisation: string | undefined;
  /** Longest prompt plus answer that it was trained with, in tokens. */
  readonly contextLength: number | undefined;
  /** Length of its vectors. */
  readonly embeddingLength: number | undefined;
  readonly layers: number | undefined;
  /** Kind of tokenizer: `gpt2` (byte-level BPE), `llama` (SentencePiece), … */
  readonly tokenizer: string | undefined;
  /** Number of tokens that it knows. */
  readonly vocabulary: number | undefined;
  /** Jinja source. */
  readonly chatTemplate: string | undefined;
  readonly licence: string | undefined;
  /** Of the file, in bytes. */
  readonly bytes: number;
}

/** @throws BancadaError FILE_NOT_FOUND, MODEL_LOAD_FAILED (no GGUF, or cut). */
export async function readGgufMetadata(file: string): Promise<GgufMetadata> {
  const { parameters, chatTemplate } = await checkGguf(file);
  const { metadata } = await gguf(file, { allowLocalFile: true });
  const values = new Map<string, unknown>(Object.entries(metadata));
  const text = (key: string) => {
    const value = values.get(key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const number = (key: string) => {
    const value = values.get(key);
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
  };
  const architecture = text('general.architecture');
  const fileType = number('general.file_type');
  const tokens = values.get('tokenizer.ggml.tokens');
  return {
    architecture,
    title: text('general.name'),
    parameters,
    quantisation: fileType === undefined ? undefined : GGMLFileQuantizationType[fileType],
    contextLength: number(`${architecture}.context_length`),
    embeddingLength: number(`${architecture}.embedding_length`),
    layers: number(`${architecture}.block_count`),
    tokenizer: text('tokenizer.ggml.model'),
    vocabulary: Array.isArray(tokens) ? tokens.length : undefined,
    chatTemplate,
    licence: text('general.license'),
    bytes: (await stat(file)).size,
  };
}
