// What every ONNX model of this process is loaded with, and how it is described.
import { packageVersion } from './package-version.ts';
import type { TransformersOptions } from './transformers-options.ts';

/** Options of transformers.js's `from_pretrained`. */
export function loadOptions(options: TransformersOptions): {
  dtype: TransformersOptions['dtype'];
  device: 'cpu';
  session_options: { intraOpNumThreads: number; interOpNumThreads: number };
} {
  return {
    dtype: options.dtype,
    device: 'cpu',
    session_options: { intraOpNumThreads: options.threads, interOpNumThreads: 1 },
  };
}

/** Library, runtime and device. */
export function engineName(): string {
  const runtime = `onnxruntime-node ${packageVersion('onnxruntime-node', '@huggingface/transformers')}`;
  return `transformers.js ${packageVersion('@huggingface/transformers')} (${runtime}, cpu)`;
}

/** The first of the values that is a positive integer a machine can hold. */
export function firstLength(...values: readonly unknown[]): number | undefined {
  return values.find(
    (value): value is number => Number.isSafeInteger(value) && Number(value) > 0 && Number(value) < 1e9,
  );
}
