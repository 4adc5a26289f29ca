// Whole pipelines on the bundled corpus: what is found, what is kept, and what happens to damaged indexes.
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashEmbedder } from './fixture/hash-embedder.ts';
import { retrievalScores } from './hit.ts';
import { openRagPipeline } from './open.ts';
import { type RagVariant, ragVariantSchema } from './variant.ts';

const homes = [path.resolve(import.meta.dirname, '../../../data')];
let indexDirectory = '';

beforeEach(() => {
  indexDirectory = mkdtempSync(path.join(tmpdir(), 'bancada-index-'));
});
afterEach(() => rmSync(indexDirectory, { recursive: true, force: true }));

function variant(changes: Record<string, unknown> = {}): RagVariant {
  return ragVariantSchema.parse({
    name: 'dense',
    corpus: 'tiny-world',
    chunker: { name: 'recursive', size: 64, overlap: 8 },
    embedder: 'hash',
    retriever: { name: 'vectra' },
    ...changes,
  });
}

async function open(wanted: RagVariant, embedder = hashEmbedder(), signal?: AbortSignal) {
  return openRagPipeline(wanted, { homes, indexDirectory, openEmbedder: async () => embedder, signal });
}

const question = 'What is the favourite food of Vasful Ginfonlel?';

describe('openRagPipeline', () => {
  it.each(['vectra', 'bm25'])(
    'finds the passage with %s, ranked, with its place in the document',
    async (name) => {
      const pipeline = await open(variant({ retriever: { name, k: 5 } }));
      const [found, other] = await pipeline.retrieve([question, 'rice']);
      expect(found?.chunks.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
      expect(retrievalScores(found?.chunks ?? [], ['en-001'])?.goldRetrieved).toBe(true);
      const scores = found?.chunks.map(({ score }) => score) ?? [];
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      for (const chunk of found?.chunks ?? []) expect(chunk.text).toHaveLength(chunk.end - chunk.start);
      expect(other?.query).toBe('rice');
      expect(found?.searchMs).toBeGreaterThan(0);
      expect(found?.embedMs === 0).toBe(name === 'bm25');
      await pipeline.close();
    },
  );

  it('records corpus, chunks, embedder and options', async () => {
    const { snapshot, fingerprint } = await open(variant());
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(snapshot).toMatchObject({
      corpus: { name: 'tiny-world', documents: 300, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      chunker: { name: 'recursive', size: 64, overlap: 8, tokens: 'hash' },
      embedder: { fingerprint: 'hash-512' },
      retriever: { name: 'vectra', k: 3 },
    });
    expect(snapshot.chunks).toBeGreaterThan(300);
  });

  it('builds an index once, whatever k and prompt, and another one for other chunks', async () => {
    const embedder = hashEmbedder();
    const first = await open(variant(), embedder);
    const built = embedder.asked.texts;
    const again = await open(variant({ retriever: { name: 'vectra', k: 7 }, prompt: 'rag-pt' }), embedder);
    expect(embedder.asked.texts).toBe(built);
    expect(again.fingerprint).not.toBe(first.fingerprint);
    expect(readdirSync(indexDirectory)).toHaveLength(1);
    await open(variant({ chunker: { name: 'fixed', size: 64 } }), embedder);
    await open(variant(), hashEmbedder(32));
    expect(readdirSync(indexDirectory)).toHaveLength(3);
  });

  it.each([
    ['cut short', (folder: string) => truncateSync(path.join(folder, 'chunks.jsonl'), 1000)],
    ['emptied', (folder: string) => truncateSync(path.join(folder, 'index.pb'), 0)],
    ['without its facts', (folder: string) => rmSync(path.join(folder, 'index.json'))],
    ['full of noise', (folder: string) => writeFileSync(path.join(folder, 'index.pb'), 'noise')],
  ])('builds an index anew that is %s', async (_, damage) => {
    const answer = async () => (await (await open(variant())).retrieve([question]))[0]?.chunks;
    const before = await answer();
    damage(path.join(indexDirectory, readdirSync(indexDirectory)[0] ?? ''));
    expect(await answer()).toEqual(before);
  });

  it('serves two that open the same index at once', async () => {
    const [one, two] = await Promise.all([open(variant()), open(variant())]);
    expect((await one.retrieve([question]))[0]?.chunks).toEqual((await two.retrieve([question]))[0]?.chunks);
    expect(readdirSync(indexDirectory)).toHaveLength(1);
  });

  it('removes what a process left behind that died in the middle', async () => {
    const { snapshot } = await open(variant());
    const name = String(snapshot.index);
    rmSync(path.join(indexDirectory, name), { recursive: true });
    writeFileSync(path.join(indexDirectory, `${name}.4194305.x.partial`), 'half');
    await open(variant());
    expect(readdirSync(indexDirectory)).toEqual([name]);
  });

  it('stops when told to, and leaves nothing behind', async () => {
    const opening = open(variant(), hashEmbedder(), AbortSignal.abort());
    await expect(opening).rejects.toMatchObject({ code: 'ABORTED' });
    expect(readdirSync(indexDirectory)).toEqual([]);
  });

  it('counts in words where there is no embedder', async () => {
    const { snapshot } = await open(variant({ embedder: undefined, retriever: { name: 'bm25' } }));
    expect(snapshot).toMatchObject({ chunker: { tokens: 'words' } });
  });
});
