// The split that a file belongs to, by the words in its path: the rule of Hugging Face's `datasets`.
import path from 'node:path';

const words: Readonly<Record<string, readonly string[]>> = {
  test: ['test', 'testing', 'eval', 'evaluation'],
  validation: ['validation', 'valid', 'val', 'dev', 'development'],
  train: ['train', 'training'],
};

/** `train` when no word tells; a piece's name (`extra-00000-of-00002`) is its split. */
export function splitOfPath(file: string): string {
  const piece = /^(\w[\w-]*?)-\d{5}-of-\d{5}/.exec(path.posix.basename(file))?.[1];
  for (const part of [path.posix.basename(file), ...file.split('/').toReversed()]) {
    const tokens = part.toLowerCase().split(/[^a-z]+/);
    const found = Object.entries(words).find(([, known]) => known.some((word) => tokens.includes(word)));
    if (found !== undefined) return found[0];
  }
  return piece ?? 'train';
}
