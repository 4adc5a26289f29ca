// What a suite may write under `rag:`, and what it is told when it is wrong.
import { describe, expect, it } from 'vitest';
import { checked, parseYaml } from '../yaml.ts';
import { ragVariantSchema } from './variant.ts';

function read(text: string) {
  return checked(ragVariantSchema, parseYaml(text, 'suite.yaml'), { file: 'suite.yaml', text });
}

const head = 'name: dense\ncorpus: tiny-world\nembedder: bancada-tiny-embed\n';

describe('ragVariantSchema', () => {
  it('fills in the defaults of the named plug-ins', () => {
    expect(read('name: words\ncorpus: c\nchunker: {name: fixed}\nretriever: {name: bm25}')).toEqual({
      name: 'words',
      corpus: 'c',
      chunker: { name: 'fixed', size: 256, overlap: 0 },
      retriever: { name: 'bm25', k: 3, k1: 0.9, b: 0.4, stop_words: [] },
    });
  });

  it.each([
    [
      'chunker: {name: recursve}\nretriever: {name: vectra}',
      /suite\.yaml:4: chunker\.name: .*"recursive".*fixed, recursive/,
    ],
    [
      'chunker: {name: fixed, size: 8, overlap: 8}\nretriever: {name: vectra}',
      /suite\.yaml:4: chunker\.overlap: not below "size"/,
    ],
    ['chunker: {name: fixed}\nretriever: {name: vectra, k: 0}', /suite\.yaml:5: retriever\.k: .*at least 1/],
    ['chunker: {name: fixed}\nretriever: {name: vectra, k: 101}', /retriever\.k: .*at most 100/],
    ['chunker: {name: fixed}\nretriever: {name: vectra, k1: 1}', /retriever\.k1: unknown key "k1"/],
    ['chunker: {name: fixed, sise: 8}\nretriever: {name: vectra}', /unknown key "sise", did you mean "size"/],
  ])('refuses %j', (rest, message) => {
    expect(() => read(head + rest)).toThrow(message);
  });

  it('asks for an embedder where vectors are compared', () => {
    expect(() => read('name: d\ncorpus: c\nchunker: {name: fixed}\nretriever: {name: vectra}')).toThrow(
      /embedder: is missing: retriever "vectra" compares embeddings/,
    );
  });
});
