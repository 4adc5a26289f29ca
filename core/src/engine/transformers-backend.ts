// transformers.js as a backend of the engine.
import { basename, dirname, sep } from 'node:path';
import { env } from '@huggingface/transformers';
import { BancadaError, toError } from '../errors.ts';
import type { Backend } from './backend.ts';
import { openOnnxFolder } from './onnx-folder.ts';
import type { TransformersOptions } from './transformers-options.ts';

/** Loads the weights; nothing is ever fetched. Throws BancadaError FILE_NOT_FOUND or MODEL_LOAD_FAILED. */
export async function openTransformersBackend(options: TransformersOptions): Promise<Backend> {
  const files = await openOnnxFolder(options.folder, options.dtype);
  env.allowRemoteModels = false;
  env.localModelPath = dirname(options.folder) + sep;
  const id = basename(options.folder);
  try {
    switch (options.kind) {
      case 'language':
        return await (await import('./onnx-language.ts')).openOnnxLanguage(id, files.config, options);
      case 'embedder':
        return await (await import('./onnx-embedder.ts')).openOnnxEmbedder(id, options);
      case 'reranker':
        return await (await import('./onnx-reranker.ts')).openOnnxReranker(id, options);
    }
  } catch (thrown) {
    if (thrown instanceof BancadaError) throw thrown;
    throw new BancadaError(
      'MODEL_LOAD_FAILED',
      `transformers.js cannot load the model: ${toError(thrown).message}`,
      {
        file: options.folder,
        hint: 'Check that the files are complete and of the kind that the model is used as',
        cause: thrown,
      },
    );
  }
}
