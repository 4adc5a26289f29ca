// Plain text: one document a file.
import { readText } from './file-text.ts';
import { type DocumentLoader, pathId } from './loader.ts';

/** The document's id is the file's relative path without its extension. */
export const text: DocumentLoader = {
  description: 'Plain text, one document a file',
  extensions: ['.txt'],
  async *load(file, { relativePath, signal }) {
    yield { id: pathId(relativePath), text: await readText(file, signal) };
  },
};
