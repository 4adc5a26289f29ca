// The files of a model folder in the layout of transformers.js, checked before the library opens them.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BancadaError } from '../errors.ts';
import type { TransformersOptions } from './transformers-options.ts';

/** Ending of the weights file by data type, as transformers.js names them. */
const suffix: Record<TransformersOptions['dtype'], string> = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
};

/** Absolute paths of the weights (with their external data when there is any) and of the tokenizer. */
export interface OnnxFolder {
  readonly weights: readonly string[];
  readonly tokenizer: string;
  /** The content of config.json. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Throws BancadaError FILE_NOT_FOUND when there is no such folder, MODEL_LOAD_FAILED when a file in it is missing or broken. */
export async function openOnnxFolder(
  folder: string,
  dtype: TransformersOptions['dtype'],
): Promise<OnnxFolder> {
  if (!existsSync(folder)) throw new BancadaError('FILE_NOT_FOUND', 'no such model folder', { file: folder });
  const weights = join(folder, 'onnx', `model${suffix[dtype]}.onnx`);
  const tokenizer = join(folder, 'tokenizer.json');
  const required = [join(folder, 'config.json'), tokenizer, join(folder, 'tokenizer_config.json'), weights];
  const missing = required.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    const names = missing.map((file) => file.slice(folder.length + 1)).join(', ');
    throw new BancadaError('MODEL_LOAD_FAILED', `the model folder lacks ${names}`, {
      file: folder,
      hint: 'A model for transformers.js has config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx (other data types: onnx/model_q4.onnx and so on, option dtype)',
    });
  }
  const external = `${weights}_data`;
  return {
    weights: existsSync(external) ? [weights, external] : [weights],
    tokenizer,
    config: await readJson(join(folder, 'config.json')),
  };
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new BancadaError('MODEL_LOAD_FAILED', 'not valid JSON', { file, cause });
  }
}
