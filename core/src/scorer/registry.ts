// Every scorer by its name in task files.
import { acc } from './acc.ts';
import { accBytes } from './acc-bytes.ts';
import { accMutualInfo } from './acc-mutual-info.ts';
import { accNorm } from './acc-norm.ts';
import { bitsPerByte } from './bits-per-byte.ts';
import { bytePerplexity } from './byte-perplexity.ts';
import { exactMatch } from './exact-match.ts';
import { perplexity } from './perplexity.ts';
import type { ScorerPlugin } from './scorer.ts';
import { squadEm } from './squad-em.ts';
import { squadF1 } from './squad-f1.ts';
import { wordPerplexity } from './word-perplexity.ts';

/** `em` and `f1` are the names under which harness tasks report SQuAD's scores. */
export const scorers = {
  acc,
  acc_bytes: accBytes,
  acc_mutual_info: accMutualInfo,
  acc_norm: accNorm,
  bits_per_byte: bitsPerByte,
  byte_perplexity: bytePerplexity,
  em: squadEm,
  exact_match: exactMatch,
  f1: squadF1,
  perplexity,
  squad_em: squadEm,
  squad_f1: squadF1,
  word_perplexity: wordPerplexity,
} satisfies Record<string, ScorerPlugin<object>>;
