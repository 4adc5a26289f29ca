// Which files are chosen of repositories as they are on the Hub; what is ambiguous is answered with the choices.
import { describe, expect, it } from 'vitest';
import { chooseHubModel, parseHubModelId } from './hub-model.ts';

const file = (path: string) => ({ path, size: 10, oid: 'a'.repeat(40), sha256: undefined });
const gguf = ['README.md', 'Qwen3-8B-Q4_K_M.gguf', 'Qwen3-8B-Q8_0.gguf', 'mmproj-F16.gguf'].map(file);

it('an id is taken apart', () => {
  expect(parseHubModelId('hf:org/Repo-1.5')).toEqual({ repository: 'org/Repo-1.5' });
  expect(parseHubModelId('hf:org/repo:Q4_K_M@main')).toEqual({
    repository: 'org/repo',
    quant: 'Q4_K_M',
    revision: 'main',
  });
});

it.each(['org/repo', 'hf:repo', 'hf:../../etc:x', 'https://huggingface.co/org/repo', 'hf:org/repo: q4'])(
  '%s is no id',
  (text) => {
    expect(() => parseHubModelId(text)).toThrow(/hf:organisation/);
  },
);

describe('GGUF', () => {
  it('is chosen by quantisation, whatever the case', () => {
    const chosen = chooseHubModel(parseHubModelId('hf:o/r:q4_k_m'), gguf);
    expect(chosen).toMatchObject({
      provider: 'llama-cpp',
      quant: 'Q4_K_M',
      options: { file: 'Qwen3-8B-Q4_K_M.gguf' },
    });
  });

  it('that is ambiguous or not there is answered with the choices', () => {
    for (const id of ['hf:o/r', 'hf:o/r:Q2_K']) {
      expect(() => chooseHubModel(parseHubModelId(id), gguf)).toThrow(/hf:o\/r:Q4_K_M, hf:o\/r:Q8_0/);
    }
  });

  it('the only file needs no name, and parts come together', () => {
    expect(chooseHubModel(parseHubModelId('hf:o/r'), [file('tiny.gguf')]).files).toHaveLength(1);
    const parts = ['q8/m-Q8_0-00002-of-00002.gguf', 'q8/m-Q8_0-00001-of-00002.gguf'].map(file);
    expect(chooseHubModel(parseHubModelId('hf:o/r'), parts)).toMatchObject({
      quant: 'Q8_0',
      options: { file: 'q8/m-Q8_0-00001-of-00002.gguf' },
      files: [{ path: /00001/ }, { path: /00002/ }].map(() => expect.anything()),
    });
  });
});

describe('ONNX', () => {
  const onnx = [
    'config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'onnx/model.onnx',
    'onnx/model.onnx_data',
    'onnx/model_quantized.onnx',
    'pytorch_model.bin',
  ].map(file);

  it('brings configuration, tokenizer, weights and what lies beside them', () => {
    const chosen = chooseHubModel(parseHubModelId('hf:o/r:fp32'), onnx);
    expect(chosen.options).toEqual({ folder: '.', dtype: 'fp32' });
    expect(chosen.files.map(({ path }) => path)).toEqual([
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'onnx/model.onnx',
      'onnx/model.onnx_data',
    ]);
    expect(() => chooseHubModel(parseHubModelId('hf:o/r'), onnx)).toThrow(/hf:o\/r:fp32, hf:o\/r:q8/);
  });

  it('a repository without weights that can be loaded is refused', () => {
    expect(() => chooseHubModel(parseHubModelId('hf:o/r'), [file('model.safetensors')])).toThrow(
      /no model that can be loaded/,
    );
  });
});
