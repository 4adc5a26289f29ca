// transformers.js as a backend of the engine.
import { BancadaError } from '../errors.ts';
import type { Backend } from './backend.ts';
import type { TransformersOptions } from './transformers-options.ts';

/** Loads the weights. */
export async function openTransformersBackend(options: TransformersOptions): Promise<Backend> {
  throw new BancadaError('MODEL_LOAD_FAILED', 'not yet', { file: options.folder });
}
