// Lists the project's own source files with their text, for the laws to judge.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A source file: its path from the root with forward slashes, and its text. */
export type SourceText = { readonly path: string; readonly text: string };

/** The files that match one of the patterns, sorted by path; `node_modules` and generated code left out. */
export function readSources(patterns: readonly string[]): SourceText[] {
  return globSync([...patterns], {
    cwd: root,
    exclude: ['**/node_modules/**', '**/generated/**', '**/dist/**', '**/introspection.d.ts'],
  })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
