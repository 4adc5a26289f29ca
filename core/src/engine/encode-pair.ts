// Splits a context and its continuation into the tokens that are read and the tokens that are scored.
import type { TextTokenizer } from './text-tokenizer.ts';
import { encodeText, prefixToken } from './text-tokenizer.ts';

/** What of a pair is read and what is scored; a continuation without a token of its own cannot be scored. */
export type EncodedPair =
  | {
      readonly status: 'ok';
      /** At least one token. */
      readonly context: readonly number[];
      /** At least one token. */
      readonly continuation: readonly number[];
      /** Tokens cut from the context's left because the window was full. */
      readonly dropped: number;
    }
  | {
      readonly status: 'failed';
      readonly reason: 'empty_continuation' | 'context_overflow';
      readonly message: string;
    };

/** What Python's `str.rstrip` takes for white space; JavaScript's `trimEnd` differs in seven characters. */
const space = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
export const trailingSpace = new RegExp(`[${space}]+$`, 'u');

/**
 * Encodes as lm-evaluation-harness does (lm_eval/api/model.py `TemplateLM.loglikelihood` and `_encode_pair`): the
 * context's trailing white space moves to the continuation, an empty context becomes the prefix token, and
 * context + continuation is cut on the left to `maxLength` + 1 tokens, the last of which is only predicted.
 */
export function encodePair(
  tokenizer: TextTokenizer,
  context: string,
  continuation: string,
  maxLength: number,
): EncodedPair {
  const kept = context.replace(trailingSpace, '');
  const moved = context.slice(kept.length) + continuation;
  const [read, scored] = kept === '' ? afterPrefix(tokenizer, moved) : split(tokenizer, kept, moved);
  if (scored.length === 0) {
    const message = `the continuation ${JSON.stringify(moved)} has no token of its own after ${JSON.stringify(kept.slice(-60))}`;
    return { status: 'failed', reason: 'empty_continuation', message };
  }
  if (scored.length > maxLength) {
    const message = `the continuation has ${scored.length} tokens, the model reads at most ${maxLength}`;
    return { status: 'failed', reason: 'context_overflow', message };
  }
  const dropped = Math.max(0, read.length + scored.length - maxLength - 1);
  return { status: 'ok', context: read.slice(dropped), continuation: scored, dropped };
}

function afterPrefix(tokenizer: TextTokenizer, text: string): [number[], number[]] {
  const ids = tokenizer.encode(text);
  const prefix = prefixToken(tokenizer);
  return ids[0] === prefix ? [[prefix], ids.slice(1)] : [[prefix], ids];
}

function split(tokenizer: TextTokenizer, context: string, continuation: string): [number[], number[]] {
  const read = encodeText(tokenizer, context);
  return [read, encodeText(tokenizer, context + continuation).slice(read.length)];
}
