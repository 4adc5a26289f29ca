// Markdown: one document a file, without its YAML front matter.
import { readText } from './file-text.ts';
import { type DocumentLoader, pathId } from './loader.ts';

const frontMatter = /^---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/;
const heading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*$/m;

/** The document's id is the file's relative path without its extension, the title its first heading of level one. */
export const markdown: DocumentLoader = {
  description: 'Markdown, one document a file; the first heading is the title',
  extensions: ['.md', '.markdown'],
  async *load(file, { relativePath, signal }) {
    const body = (await readText(file, signal)).replace(frontMatter, '');
    yield { id: pathId(relativePath), title: heading.exec(body)?.[1], text: body };
  },
};
