// Text operations exactly as Python's `str` does them, on which the reference scores rest.

// str.isspace(): unlike JavaScript's \s it has the separators U+001C to U+001F and U+0085, and lacks U+FEFF.
const space = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const runOfSpace = new RegExp(`[${space}]+`, 'u');
const outerSpace = new RegExp(`^[${space}]+|[${space}]+$`, 'gu');
const punctuation = /[!-/:-@[-`{-~]/g;
const digits = /[0-9]/g;

/** Inside of a character class (flag `u`): Python's white space. */
export const pythonSpace: string = space;

/** `text.strip()`. */
export function strip(text: string): string {
  return text.replace(outerSpace, '');
}

/** `text.split()`: the words, without empty ones. */
export function words(text: string): string[] {
  return text.split(runOfSpace).filter((word) => word !== '');
}

/** `len(re.split(r"\s+", text))`: empty ends count, so the empty text has 1. */
export function countWords(text: string): number {
  return text.split(runOfSpace).length;
}

/** Without `string.punctuation` (ASCII). */
export function removePunctuation(text: string): string {
  return text.replace(punctuation, '');
}

/** Without `string.digits` (0 to 9). */
export function removeDigits(text: string): string {
  return text.replace(digits, '');
}
