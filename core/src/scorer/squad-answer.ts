// An answer in the form in which SQuAD's official evaluation compares it.
import { removePunctuation, words } from './python-text.ts';

// Python's \b knows letters beyond ASCII: the "a" in "baía" is no article.
const article = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/** The words left after lower-casing, dropping ASCII punctuation and English articles (evaluate/metrics/squad/compute_score.py `normalize_answer`). */
export function squadWords(answer: string): string[] {
  return words(removePunctuation(answer.toLowerCase()).replace(article, ' '));
}
