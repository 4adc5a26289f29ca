// Every document loader by name.
import path from 'node:path';
import { BancadaError } from '../../errors.ts';
import { jsonl } from './jsonl.ts';
import type { DocumentLoader } from './loader.ts';
import { markdown } from './markdown.ts';
import { text } from './text.ts';

/** Loaders by name. */
export const loaders = { jsonl, markdown, text } satisfies Record<string, DocumentLoader>;

/** The loader for a file, by extension. @throws BancadaError FILE_INVALID (lists the extensions that some loader takes). */
export function loaderFor(file: string): DocumentLoader {
  const extension = path.extname(file).toLowerCase();
  const all: readonly DocumentLoader[] = Object.values(loaders);
  const found = all.find(({ extensions }) => extensions.includes(extension));
  if (found) return found;
  throw new BancadaError('FILE_INVALID', `no loader for files that end in "${extension}"`, {
    file,
    allowed: all.flatMap(({ extensions }) => extensions),
  });
}
