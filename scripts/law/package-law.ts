// The import law between packages: core's index <- prisma <- worker and api; the dashboard names no other package.
import { posix } from 'node:path';
import { readFacts } from './source-file.ts';
import type { SourceText } from './source-tree.ts';

const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  prisma: ['core'],
  worker: ['core', 'prisma'],
  api: ['core', 'prisma'],
  pwa: [],
};

/** Every import of a package that the law does not allow, one sentence each; tests may stand on any package. */
export function packageBreaches(files: readonly SourceText[]): string[] {
  return files.flatMap(({ path, text }) => {
    if (/\.test\.ts$|\/fixture\//.test(path)) return [];
    const [from = ''] = path.split('/');
    return readFacts(path, text).references.flatMap(({ specifier, line }) => {
      const to = packageOf(path, specifier);
      if (to === undefined || to === from || allowed[from]?.includes(to)) return [];
      return [`${path}:${line} imports the package ${to}, which ${from} may not name`];
    });
  });
}

/** The package of the project that an import reaches; undefined for others. */
function packageOf(path: string, specifier: string): string | undefined {
  const named = /^@bancada\/([^/]+)/.exec(specifier)?.[1];
  if (named !== undefined || !specifier.startsWith('.')) return named;
  const [first = ''] = posix.join(posix.dirname(path), specifier).split('/');
  return Object.hasOwn(allowed, first) ? first : undefined;
}
