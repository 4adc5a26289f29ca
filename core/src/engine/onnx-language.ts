// A causal language model in ONNX as a backend of the engine.
import { AutoModelForCausalLM, AutoTokenizer, type PreTrainedTokenizer } from '@huggingface/transformers';
import { BancadaError } from '../errors.ts';
import type { Backend } from './backend.ts';
import { runGeneration } from './generation.ts';
import type { LocalModel } from './local-model.ts';
import { type CausalModel, OnnxSequence } from './onnx-sequence.ts';
import { engineName, firstLength, loadOptions } from './onnx-session.ts';
import { runScoring } from './scoring.ts';
import type { TextTokenizer } from './text-tokenizer.ts';
import type { TransformersOptions } from './transformers-options.ts';

/** `config` is the folder's config.json. Throws what transformers.js throws. */
export async function openOnnxLanguage(
  id: string,
  config: Readonly<Record<string, unknown>>,
  options: TransformersOptions,
): Promise<Backend> {
  const pretrained = await AutoTokenizer.from_pretrained(id);
  const weights = await AutoModelForCausalLM.from_pretrained(id, loadOptions(options));
  const causal: CausalModel = {
    weights,
    ends: endTokens(pretrained, config, weights.generation_config),
    seed: options.seed,
  };
  const model: LocalModel = {
    tokenizer: tokenizerOf(pretrained),
    maxLength:
      options.contextSize ?? firstLength(config.max_position_embeddings, pretrained.model_max_length) ?? 2048,
    chatTemplate: defaultTemplate(pretrained.chat_template),
    sequences: [new OnnxSequence(causal)],
  };
  return {
    description: {
      engine: engineName(),
      contextLength: model.maxLength,
      chat: model.chatTemplate !== undefined,
      parallel: 1,
    },
    generate: (intake, call) => runGeneration(model, intake, call),
    loglikelihood: (intake, call) => runScoring(model, intake, call),
    ask: async (question) => {
      if (question.kind === 'count_tokens')
        return question.texts.map((text) => model.tokenizer.encode(text).length);
      throw new BancadaError('CAPABILITY_MISSING', `a language model does not answer "${question.kind}"`);
    },
    close: async () => {
      await weights.dispose();
    },
  };
}

function tokenizerOf(pretrained: PreTrainedTokenizer): TextTokenizer {
  const encode = (text: string): number[] => pretrained.encode(text, { add_special_tokens: false });
  // The library throws at an empty list.
  const decode = (ids: readonly number[]): string =>
    ids.length === 0
      ? ''
      : pretrained.decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false });
  const special = (text: unknown, id: unknown): TextTokenizer['bos'] =>
    typeof text === 'string' && typeof id === 'number' ? { id, text } : undefined;
  const bos = special(pretrained.bos_token, pretrained.bos_token_id);
  return {
    encode,
    decode: (ids, before) => {
      const lead = decode(before);
      const whole = decode([...before, ...ids]);
      return whole.startsWith(lead) ? whole.slice(lead.length) : decode(ids);
    },
    bos,
    eos: special(pretrained.eos_token, pretrained.eos_token_id),
    addsBos: bos !== undefined && pretrained.encode('a')[0] === bos.id,
  };
}

/** Every token that ends a text, wherever it is written down. */
function endTokens(
  pretrained: PreTrainedTokenizer,
  config: Readonly<Record<string, unknown>>,
  generation: unknown,
): ReadonlySet<number> {
  const declared = [config.eos_token_id, pretrained.eos_token_id];
  if (typeof generation === 'object' && generation !== null && 'eos_token_id' in generation)
    declared.push(generation.eos_token_id);
  return new Set(declared.flat().filter((id): id is number => typeof id === 'number'));
}

function defaultTemplate(template: unknown): string | undefined {
  if (typeof template === 'string') return template;
  if (typeof template !== 'object' || template === null) return undefined;
  const named = new Map<string, unknown>(Object.entries(template)).get('default');
  return typeof named === 'string' ? named : undefined;
}
