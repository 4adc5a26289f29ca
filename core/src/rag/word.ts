// Words as Unicode sees them; scripts written without spaces give one word a character.

const unspaced =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';

/** One character of a script written without spaces, with its marks; or a run of anything else that is not white space. */
export const piecePattern = new RegExp(`[${unspaced}]\\p{M}*|[^\\s${unspaced}]+`, 'gu');

const tokenPattern = new RegExp(
  `[${unspaced}]\\p{M}*|(?:(?![${unspaced}])[\\p{L}\\p{M}])+|(?:(?![${unspaced}])\\p{N})+|\\S`,
  'gu',
);

const wordPattern = new RegExp(
  `(?=[\\p{L}\\p{N}])[${unspaced}]\\p{M}*|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+`,
  'gu',
);

/** How many runs of letters, runs of digits and single other characters a text has, white space left out. */
export function countWords(text: string): number {
  return text.match(tokenPattern)?.length ?? 0;
}

/** The words of a text in lower case, as a lexical index keeps them: letters and digits, no stemming. */
export function indexWords(text: string): string[] {
  return text.toLowerCase().match(wordPattern) ?? [];
}
