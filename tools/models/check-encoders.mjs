// Recall of the embedder and the reranker as shipped, through transformers.js: `node tools/models/check-encoders.mjs`.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');
const library = path.join(root, 'core/node_modules/@huggingface/transformers/dist/transformers.node.mjs');
const { AutoModelForSequenceClassification, AutoTokenizer, env, pipeline } = await import(
  pathToFileURL(library).href
);
env.allowRemoteModels = false;
env.localModelPath = path.join(root, 'data/models/');
const options = {
  dtype: 'fp32',
  device: 'cpu',
  session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
};
const lines = (file) =>
  readFileSync(path.join(root, 'data', file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const CANDIDATES = 20;

const embed = await pipeline('feature-extraction', 'bancada-tiny-embed', options);
const tokenizer = await AutoTokenizer.from_pretrained('bancada-tiny-rerank');
const reranker = await AutoModelForSequenceClassification.from_pretrained('bancada-tiny-rerank', options);

/** Unit vectors of texts. */
async function vectors(texts) {
  const out = [];
  for (let at = 0; at < texts.length; at += 32)
    out.push(...(await embed(texts.slice(at, at + 32), { pooling: 'mean', normalize: true })).tolist());
  return out;
}

const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const chunks = lines('corpora/tiny-world/documents.jsonl').flatMap(({ id, text }) =>
  text.split('\n\n').map((part) => ({ id, text: part })),
);
const stored = await vectors(chunks.map((chunk) => chunk.text));
for (const name of ['tiny-facts', 'tiny-fatos']) {
  const rows = lines(`datasets/${name}/test.jsonl`);
  const asked = await vectors(rows.map((row) => row.question));
  const hits = { 'recall@1': 0, 'recall@3': 0, 'recall@1 reranked': 0 };
  for (const [i, row] of rows.entries()) {
    const order = chunks
      .map((chunk, j) => ({ chunk, score: dot(asked[i], stored[j]) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, CANDIDATES);
    hits['recall@1'] += order[0].chunk.id === row.document;
    hits['recall@3'] += order.slice(0, 3).some(({ chunk }) => chunk.id === row.document);
    const inputs = tokenizer(
      order.map(() => row.question),
      { text_pair: order.map(({ chunk }) => chunk.text), padding: true, truncation: true },
    );
    const { logits } = await reranker(inputs);
    const best = logits.data.indexOf(logits.data.reduce((a, b) => Math.max(a, b)));
    hits['recall@1 reranked'] += order[best].chunk.id === row.document;
  }
  for (const [figure, count] of Object.entries(hits))
    console.log(name, figure, (count / rows.length).toFixed(3));
}
process.exit(0);
