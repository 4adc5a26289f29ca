// Files that a suite names by path: only those under the homes may be read for somebody who asks over the network.
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { SuiteDefinition } from '@bancada/core';
import type { ValidationIssue } from './schema/error.ts';

// Keys whose text core may take for a path; entries of a list count by the list's place.
const pathKeys = new Set(['task', 'file', 'folder', 'corpus', 'embedder', 'reranker']);

/** One issue for each path of a suite that leads out of the homes, links resolved; whether there is such a file is not told. */
export async function outsideHomes(
  { models, tasks, rag, matrix }: SuiteDefinition,
  homes: readonly string[],
): Promise<ValidationIssue[]> {
  const roots = await Promise.all(homes.map((home) => realpath(home).catch(() => path.resolve(home))));
  const named = [
    ...pathsIn(models, 'models', true),
    ...pathsIn(tasks, 'tasks', true),
    ...pathsIn(rag, 'rag'),
  ];
  for (const [key, values] of Object.entries(matrix)) {
    named.push(...pathsIn(values, `matrix.${key}`, pathKeys.has(key.split('.').at(-1) ?? '')));
  }
  const issues = await Promise.all(
    named.map(async ({ key, value }): Promise<ValidationIssue[]> => {
      if (await leadsInside(value, roots)) return [];
      const message = `${key}: leads out of the home (given: ${JSON.stringify(value)}); allowed: a registered name, or a path under ${roots.join(' or ')}`;
      return [{ path: key, message, value }];
    }),
  );
  return issues.flat();
}

interface NamedPath {
  readonly key: string;
  readonly value: string;
}

function pathsIn(value: unknown, key: string, mayBePath = false): NamedPath[] {
  if (typeof value === 'string') {
    return mayBePath && /[\\/]|\.(gguf|ya?ml)$/i.test(value) ? [{ key, value }] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) => pathsIn(entry, `${key}[${index}]`, mayBePath));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    pathsIn(inner, `${key}.${name}`, pathKeys.has(name)),
  );
}

async function leadsInside(value: string, roots: readonly string[]): Promise<boolean> {
  // As `runSuite` lets core resolve them: beside the suites of a home.
  const candidates = roots.map((root) => path.resolve(root, 'suites', value));
  const real = await Promise.all(candidates.map((candidate) => realpath(candidate).catch(() => candidate)));
  return candidates.some((candidate, index) =>
    [candidate, real[index] ?? candidate].every((one) =>
      roots.some((root) => one === root || one.startsWith(root + path.sep)),
    ),
  );
}
