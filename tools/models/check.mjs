// Compares both exports of a language model with the PyTorch references: `node check.mjs` (run where node-llama-cpp and @huggingface/transformers resolve).
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name) => JSON.parse(readFileSync(path.join(root, 'core/reference/models', name), 'utf8'));
const [tokens, likelihoods, generations] = ['tokens.json', 'loglikelihoods.json', 'generations.json'].map(
  read,
);
const same = (a, b) => a.length === b.length && a.every((id, i) => id === b[i]);

/** Counts strings whose ids equal the reference. */
function countTokens(encode) {
  const wrong = tokens.strings.filter(({ text, ids }) => !same(encode(text), ids));
  for (const { text } of wrong.slice(0, 5)) console.log('  differs:', JSON.stringify(text));
  return `${tokens.strings.length - wrong.length} of ${tokens.strings.length} strings`;
}

async function llamaEngine(name) {
  const { getLlama, LlamaLogLevel } = await import(
    pathToFileURL(path.join(root, 'core/node_modules/node-llama-cpp/dist/index.js')).href
  );
  const llama = await getLlama({ build: 'never', gpu: false, logLevel: LlamaLogLevel.warn });
  const model = await llama.loadModel({ modelPath: path.join(root, 'data/models', name, `${name}.gguf`) });
  const context = await model.createContext({
    contextSize: 512,
    sequences: 1,
    threads: 1,
    flashAttention: false,
    experimentalKvCacheKeyType: 'F32',
    experimentalKvCacheValueType: 'F32',
  });
  const sequence = context.getSequence();
  const all = { probabilities: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } };
  return {
    encode: (text) => [...model.tokenize(text, true)],
    async loglikelihood(prompt, continuation) {
      await sequence.clearHistory();
      const ids = [...prompt, ...continuation].slice(0, -1);
      const out = await sequence.controlledEvaluate(
        ids.map((id, i) => (i < prompt.length - 1 ? id : [id, { generateNext: all }])),
      );
      return continuation.reduce(
        (sum, id, i) => sum + Math.log(out[prompt.length - 1 + i].next.probabilities.get(id)),
        0,
      );
    },
    async generate(prompt, count) {
      await sequence.clearHistory();
      const out = [];
      for await (const id of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
        out.push(id);
        if (out.length === count || model.isEogToken(id)) break;
      }
      return out;
    },
  };
}

async function onnxEngine(name) {
  const { AutoTokenizer, AutoModelForCausalLM, Tensor, env } = await import(
    pathToFileURL(path.join(root, 'core/node_modules/@huggingface/transformers/dist/transformers.node.mjs'))
      .href
  );
  env.allowRemoteModels = false;
  env.localModelPath = path.join(root, 'data/models/');
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  const model = await AutoModelForCausalLM.from_pretrained(name, {
    dtype: 'fp32',
    device: 'cpu',
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  });
  const inputs = (ids) => ({
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
  });
  return {
    encode: (text) => tokenizer.encode(text, { add_special_tokens: false }),
    async loglikelihood(prompt, continuation) {
      const { logits } = await model(inputs([...prompt, ...continuation]));
      const size = logits.dims[2];
      return continuation.reduce((sum, id, i) => {
        const row = logits.data.subarray((prompt.length - 1 + i) * size, (prompt.length + i) * size);
        const top = row.reduce((a, b) => Math.max(a, b));
        return sum + row[id] - top - Math.log(row.reduce((total, x) => total + Math.exp(x - top), 0));
      }, 0);
    },
    async generate(prompt, count) {
      const out = await model.generate({ ...inputs(prompt), max_new_tokens: count, do_sample: false });
      return [...out.data].map(Number).slice(prompt.length);
    },
  };
}

for (const name of ['bancada-tiny', 'bancada-micro']) {
  for (const open of [llamaEngine, onnxEngine]) {
    const engine = await open(name);
    const ids = (text) => [...engine.encode(text)];
    console.log(name, open.name, 'tokens:', countTokens(ids));
    const items = likelihoods.items.filter((item) => item.model === name);
    let worst = 0;
    for (const item of items)
      worst = Math.max(
        worst,
        Math.abs(
          (await engine.loglikelihood([0, ...ids(item.context)], ids(item.continuation))) -
            item.loglikelihood,
        ),
      );
    console.log(
      name,
      open.name,
      `loglikelihoods: ${items.length}, largest difference ${worst.toFixed(5)} nats`,
    );
    const wanted = generations.items.filter((item) => item.model === name);
    let equal = 0;
    for (const item of wanted)
      equal += same(await engine.generate([0, ...ids(item.prompt)], item.ids.length), item.ids);
    console.log(name, open.name, `generations: ${equal} of ${wanted.length} identical`);
  }
}
process.exit(0);
