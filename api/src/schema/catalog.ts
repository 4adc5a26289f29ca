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
  description: 'One entry of a registry.',
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As suites and tasks name it.' }),
    description: t.exposeString('description', { description: 'One line about what it does.' }),
  }),
});

const Catalog = builder.objectRef<object>('Catalog').implement({
  description: 'What the registries hold: everything that a suite or a task can name.',
  authScopes: reads,
  fields: (t) => ({
    metrics: t.field({
      description: 'Metrics of samples, for `metric_list` of a task.',
      type: [CatalogEntry],
      resolve: () => described(scorers),
    }),
    aggregates: t.field({
      description: 'Ways to sum samples up, for `aggregation` of a task.',
      type: [CatalogEntry],
      resolve: () => described(aggregates),
    }),
    chunkers: t.field({
      description: 'Ways to cut documents, for `rag.chunker` of a suite.',
      type: [CatalogEntry],
      resolve: () => described(chunkers),
    }),
    retrievers: t.field({
      description: 'Ways to find chunks, for `rag.retriever` of a suite.',
      type: [CatalogEntry],
      resolve: () => described(retrievers),
    }),
    providers: t.field({
      description: 'Ways to call a model.',
      type: [CatalogEntry],
      resolve: () => described(providers),
    }),
    exporters: t.field({
      description: 'Formats in which a run can be exported.',
      type: [CatalogEntry],
      resolve: () => described(exporters),
    }),
    corpora: t.field({
      description: 'Sets of documents, for `rag.corpus` of a suite.',
      type: [CatalogEntry],
      resolve: (_catalog, _args, { homes }) =>
        entriesOf(homes, 'corpora', (file) => path.join(file, 'corpus.yaml')),
    }),
    prompts: t.field({
      description: 'Prompt templates that are files.',
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

builder.queryField('catalog', (t) =>
  t.field({
    description: 'What the registries hold: metrics, chunkers, retrievers, providers and more.',
    type: Catalog,
    authScopes: reads,
    resolve: () => ({}),
  }),
);

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
