// An index whose builder is killed, and retrieval quality on a public collection against published numbers.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedder, resolveModel } from '../model/open.ts';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type { RetrievedChunk } from './document.ts';
import { hashEmbedder } from './fixture/hash-embedder.ts';
import { openRagPipeline } from './open.ts';
import { ragVariantSchema } from './variant.ts';

const repository = path.resolve(import.meta.dirname, '../../..');
const shared = path.resolve(repository, '../shared/data');
const directory = mkdtempSync(path.join(tmpdir(), 'bancada-rag-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('an index whose builder is killed', () => {
  it('is built anew by the next one, the same as undisturbed', async () => {
    const home = path.join(repository, 'data');
    const variant = {
      name: 'dense',
      corpus: 'tiny-world',
      chunker: { name: 'fixed', size: 64 },
      embedder: 'hash',
      retriever: { name: 'vectra' },
    };
    const disturbed = path.join(directory, 'disturbed');
    const script = path.join(import.meta.dirname, 'fixture/build-slowly.ts');
    const builder = spawn(process.execPath, [script, home, disturbed, JSON.stringify(variant)]);
    let batches = 0;
    builder.stdout.on('data', () => {
      batches += 1;
      if (batches === 2) builder.kill('SIGKILL');
    });
    await once(builder, 'exit');
    expect(readdirSync(disturbed)).toEqual([expect.stringMatching(/\.partial$/)]);

    const answers = async (indexDirectory: string) => {
      const pipeline = await openRagPipeline(ragVariantSchema.parse(variant), {
        homes: [home],
        indexDirectory,
        openEmbedder: async () => hashEmbedder(),
      });
      const found = await pipeline.retrieve(['Who works as a painter?', 'Who lives in Kutil?']);
      return found.map(({ chunks }) => chunks);
    };
    expect(await answers(disturbed)).toEqual(await answers(path.join(directory, 'undisturbed')));
    expect(readdirSync(disturbed)).toEqual(readdirSync(path.join(directory, 'undisturbed')));
  });
});

const collection = path.join(shared, 'scifact');
const potion = path.join(shared, 'models/potion-base-2M-int8');
const present = existsSync(collection) && existsSync(potion);
if (!present) console.log(`skipped: SciFact (${collection}) or its embedder (${potion}) is not there`);

/** nDCG@10 with binary judgements, as trec_eval computes it. */
function ndcg(chunks: readonly RetrievedChunk[], relevant: ReadonlySet<string>): number {
  const gain = (rank: number) => 1 / Math.log2(rank + 1);
  const ideal = Array.from({ length: Math.min(10, relevant.size) }, (_, index) => gain(index + 1));
  const found = chunks.map(({ documentId, rank }) => (relevant.has(documentId) ? gain(rank) : 0));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return sum(found) / sum(ideal);
}

describe.skipIf(!present)('retrieval on SciFact (5,183 documents, 300 claims)', () => {
  const records = (file: string) =>
    parse(readFileSync(path.join(collection, file)), { columns: true }) as Record<string, string>[];

  beforeAll(() => {
    const folder = path.join(directory, 'corpora/scifact');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'corpus.yaml'), 'name: scifact\nfiles: [documents.jsonl]\n');
    const lines = records('corpus_train.csv').map(({ doc_id, title, abstract }) =>
      JSON.stringify({ id: doc_id, text: `${title} ${abstract}` }),
    );
    writeFileSync(path.join(folder, 'documents.jsonl'), lines.join('\n'));
  });

  // BEIR (Thakur et al. 2021) prints 0.665 for BM25 with stemming and stop words; without either 0.661 was measured, and 0.356 with this embedder.
  it.each([
    ['bm25', undefined, 0.661],
    ['vectra', potion, 0.356],
  ])('%s reaches the known nDCG@10', async (name, embedder, expected) => {
    const pipeline = await openRagPipeline(
      ragVariantSchema.parse({
        name,
        corpus: 'scifact',
        chunker: { name: 'fixed', size: 100_000 },
        embedder,
        retriever: { name, k: 10 },
      }),
      {
        homes: [directory],
        indexDirectory: path.join(directory, 'indexes'),
        openEmbedder: async (spec) =>
          openEmbedder(
            await resolveModel(spec, {
              homes: [],
              baseDirectory: directory,
              secret: () => undefined,
              network: unrestrictedNetwork,
            }),
          ),
      },
    );
    const claims = new Map(records('claims_validation.csv').map((claim) => [claim.id, claim]));
    const asked = [...claims.values()];
    const found = await pipeline.retrieve(asked.map(({ claim = '' }) => claim));
    const scores = found.map(({ chunks }, index) =>
      ndcg(chunks, new Set(asked[index]?.cited_doc_ids?.match(/\d+/g))),
    );
    await pipeline.close();
    expect(scores).toHaveLength(300);
    expect(scores.reduce((sum, score) => sum + score, 0) / 300).toBeCloseTo(expected, 2);
  });
});
