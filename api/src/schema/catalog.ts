// Catalog: what the registries hold.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { aggregates, chunkers, exporters, providers, retrievers, scorers } from '@bancada/core';
import { builder, reads } from '../builder.ts';
import { suiteJsonSchema } from '../suite-json-schema.ts';

interface Entry {
  readonly name: string;
  readonly description: string;
}

const CatalogEntry = builder.objectRef<Entry>('CatalogEntry').implement({
  authScopes: reads,
  fields: (t) => ({ name: t.exposeString('name'), description: t.exposeString('description') }),
});

const Catalog = builder.objectRef<object>('Catalog').implement({
  authScopes: reads,
  fields: (t) => ({
    metrics: t.field({ type: [CatalogEntry], resolve: () => described(scorers) }),
    aggregates: t.field({ type: [CatalogEntry], resolve: () => described(aggregates) }),
    chunkers: t.field({ type: [CatalogEntry], resolve: () => described(chunkers) }),
    retrievers: t.field({ type: [CatalogEntry], resolve: () => described(retrievers) }),
    providers: t.field({ type: [CatalogEntry], resolve: () => described(providers) }),
    exporters: t.field({ type: [CatalogEntry], resolve: () => described(exporters) }),
    corpora: t.field({
      type: [CatalogEntry],
      resolve: (_catalog, _args, { homes }) =>
        entriesOf(homes, 'corpora', (file) => path.join(file, 'corpus.yaml')),
    }),
    prompts: t.field({
      type: [CatalogEntry],
      resolve: (_catalog, _args, { homes }) => entriesOf(homes, 'prompts', (file) => file),
    }),
    suiteSchema: t.field({
      type: 'JSON',
      description: 'JSON Schema of a suite file.',
      resolve: () => suiteJsonSchema(),
    }),
  }),
});

builder.queryField('catalog', (t) => t.field({ type: Catalog, authScopes: reads, resolve: () => ({}) }));

function described(registry: Readonly<Record<string, { readonly description: string }>>): Entry[] {
  return Object.entries(registry).map(([name, { description }]) => ({ name, description }));
}

// Of equal names the first home's.
async function entriesOf(
  homes: readonly string[],
  kind: 'corpora' | 'prompts',
  manifest: (file: string) => string,
): Promise<Entry[]> {
  const found = new Map<string, Entry>();
  for (const home of homes) {
    const directory = path.join(home, kind);
    for (const file of await readdir(directory).catch(() => [])) {
      const name = path.parse(file).name;
      const text = await readFile(manifest(path.join(directory, file)), 'utf8').catch(() => undefined);
      if (text !== undefined && !found.has(name)) found.set(name, { name, description: descriptionOf(text) });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function descriptionOf(yaml: string): string {
  return /^description:\s*(?:["'])?(.*?)(?:["'])?\s*$/m.exec(yaml)?.[1] ?? '';
}
