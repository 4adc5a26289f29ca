// Which files of a Hugging Face repository make a model: by its id, the wanted quantisation, and what the repository holds.
import { BancadaError } from '../errors.ts';
import type { HubFile } from '../hub/repository.ts';

/** `hf:org/repo[:quant][@revision]`, taken apart. */
export interface HubModelId {
  readonly repository: string;
  readonly quant: string | undefined;
  readonly revision: string | undefined;
}

/** The files of one model. */
export interface HubModelFiles {
  readonly provider: 'llama-cpp' | 'transformers';
  /** As the file is named: `Q4_K_M`, `fp32`, … */
  readonly quant: string;
  /** What the provider needs, relative to the model's folder. */
  readonly options: Readonly<Record<string, string>>;
  /** In the order in which they are fetched. */
  readonly files: readonly HubFile[];
}

/** @throws BancadaError INVALID_INPUT (key `huggingFace`) with the form that is wanted. */
export function parseHubModelId(text: string): HubModelId {
  const match = /^hf:([\w.-]+\/[\w.-]+)(?::([\w.-]+))?(?:@([\w./-]+))?$/.exec(text.trim());
  if (match?.[1] === undefined) {
    throw new BancadaError('INVALID_INPUT', 'not the id of a model on the Hub', {
      key: 'huggingFace',
      value: text,
      allowed: 'hf:organisation/repository, with :quantisation and @revision where wanted',
    });
  }
  return { repository: match[1], quant: match[2], revision: match[3] };
}

/**
 * Chooses the files. A GGUF repository gives one file, or all parts of one; an ONNX repository its configuration, tokenizer and weights.
 * @throws BancadaError INVALID_INPUT (key `huggingFace`) listing the choices when the quantisation does not tell, or that there is no model.
 */
export function chooseHubModel(id: HubModelId, files: readonly HubFile[]): HubModelFiles {
  const models = [...ggufModels(files), ...onnxModels(files)];
  const shown = `hf:${id.repository}`;
  if (models.length === 0) {
    throw new BancadaError('INVALID_INPUT', 'this repository holds no model that can be loaded', {
      key: 'huggingFace',
      value: shown,
      allowed: 'a repository with .gguf files, or with config.json, tokenizer.json and onnx/*.onnx',
      hint: 'Many models have a second repository with GGUF or ONNX in its name',
    });
  }
  const wanted = id.quant?.toLowerCase();
  const fitting = models.filter(({ quant }) => wanted === undefined || quant.toLowerCase() === wanted);
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const choices = [...new Set((fitting.length > 0 ? fitting : models).map(({ quant }) => quant))];
  throw new BancadaError(
    'INVALID_INPUT',
    wanted === undefined ? 'this repository holds several models' : `there is no ${id.quant} in it`,
    {
      key: 'huggingFace',
      value: wanted === undefined ? shown : `${shown}:${id.quant}`,
      allowed: choices.map((quant) => `${shown}:${quant}`),
    },
  );
}

const shardPattern = /-(\d{5})-of-(\d{5})(?=\.gguf$)/;
const quantPattern = /(?:^|[-._])((?:I?Q\d\w*|BF16|F16|F32|FP16|FP32|MXFP4\w*|TQ\d\w*))(?=[-._]|$)/gi;

function ggufModels(files: readonly HubFile[]): HubModelFiles[] {
  const weights = files.filter(({ path }) => /\.gguf$/i.test(path) && !/mmproj|imatrix/i.test(path));
  const groups = Map.groupBy(weights, ({ path }) => path.replace(shardPattern, ''));
  return [...groups].map(([whole, parts]) => {
    const ordered = parts.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const name = whole.split('/').at(-1) ?? whole;
    const quant = [...name.replace(/\.gguf$/i, '').matchAll(quantPattern)].at(-1)?.[1] ?? name;
    return {
      provider: 'llama-cpp',
      quant: groups.size === 1 && quant === name ? 'default' : quant,
      options: { file: ordered[0]?.path ?? name },
      files: ordered,
    };
  });
}

const dtypes: Readonly<Record<string, string>> = {
  '': 'fp32',
  _fp16: 'fp16',
  _quantized: 'q8',
  _int8: 'int8',
  _uint8: 'uint8',
  _q4: 'q4',
  _q4f16: 'q4f16',
  _bnb4: 'bnb4',
};

function onnxModels(files: readonly HubFile[]): HubModelFiles[] {
  const small = ['config.json', 'tokenizer.json'].map((name) => files.find(({ path }) => path === name));
  if (small.includes(undefined)) return [];
  const besides = files.filter(({ path }) =>
    [
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'generation_config.json',
      'special_tokens_map.json',
    ].includes(path),
  );
  return files.flatMap((file): HubModelFiles[] => {
    const name = /^onnx\/model(_\w+)?\.onnx$/.exec(file.path);
    const dtype = name ? dtypes[name[1] ?? ''] : undefined;
    if (dtype === undefined) return [];
    // Weights beyond 2 GB lie beside the graph.
    const external = files.filter(({ path }) => path.startsWith(`${file.path}_data`));
    return [
      {
        provider: 'transformers',
        quant: dtype,
        options: { folder: '.', dtype },
        files: [...besides, file, ...external],
      },
    ];
  });
}
