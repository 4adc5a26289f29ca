// Reads a GGUF file's header, so that a broken file is named before native code sees it.
import { open } from 'node:fs/promises';
import { gguf } from '@huggingface/gguf';
import { BancadaError } from '../errors.ts';

/** What the header says. */
export interface GgufHeader {
  readonly parameters: number;
  /** Jinja source. */
  readonly chatTemplate: string | undefined;
}

/**
 * Throws BancadaError FILE_NOT_FOUND for a path that cannot be read and MODEL_LOAD_FAILED for one that is no GGUF file or that ends
 * before its last tensor begins. (llama.cpp itself finds a last tensor that is cut.)
 */
export async function checkGguf(file: string): Promise<GgufHeader> {
  const { size, magic } = await firstBytes(file);
  const broken = (summary: string, cause?: unknown): BancadaError =>
    new BancadaError('MODEL_LOAD_FAILED', summary, { file, hint: 'Download or copy the file again', cause });
  if (magic !== 'GGUF') throw broken(`not a GGUF file: it begins with ${JSON.stringify(magic)}`);
  const parsed = await gguf(file, { allowLocalFile: true, computeParametersCount: true }).catch(
    (cause: unknown) => {
      throw broken(`truncated GGUF file: its header goes on after the end (${size} bytes)`, cause);
    },
  );
  const dataStart = Number(parsed.tensorDataOffset ?? 0);
  const lastTensor = Math.max(0, ...parsed.tensorInfos.map((tensor) => Number(tensor.offset)));
  if (dataStart + lastTensor >= size) {
    throw broken(
      `truncated GGUF file: it has ${size} bytes, its last tensor begins at ${dataStart + lastTensor}`,
    );
  }
  const template: unknown = new Map(Object.entries(parsed.metadata)).get('tokenizer.chat_template');
  return {
    parameters: parsed.parameterCount,
    chatTemplate: typeof template === 'string' ? template : undefined,
  };
}

async function firstBytes(file: string): Promise<{ size: number; magic: string }> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new BancadaError('FILE_NOT_FOUND', 'no such model file, or it cannot be read', { file, cause });
  });
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return { size, magic: buffer.subarray(0, bytesRead).toString('latin1') };
  } finally {
    await handle.close();
  }
}
