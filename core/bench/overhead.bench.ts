// What everything but the model costs: samples through the scripted provider into SQLite, their rate and their memory.

import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { unrestrictedNetwork } from '../src/network/network-policy.ts';
import { planRun } from '../src/run/plan.ts';
import { run } from '../src/run/run.ts';
import { parseSuite } from '../src/run/suite.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';

const small = 50_000;
const large = 500_000;
const rateLimit = 5_000;
const heapLimitMb = 200;
// A heap that grew with the samples would be ten times as large; a few megabytes are the garbage collector's moods.
const growthLimit = 1.25;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Measurement {
  readonly samplesPerSecond: number;
  /** Largest used heap seen, sampled on the way, megabytes. */
  readonly peakHeapMb: number;
  /** Used heap after a garbage collection at the end of the run, megabytes. */
  readonly heapMb: number;
  readonly file: string;
}

const folder = mkdtempSync(path.join(tmpdir(), 'bancada-overhead-'));
try {
  await measure(2_000);
  const first = await measure(small);
  const peer = insertRows(first.file);
  const second = await measure(large);
  report({
    name: 'overhead: samples per second',
    value: Math.round(first.samplesPerSecond),
    unit: 'samples/s',
    peer: Math.round(peer),
    ratio: round(first.samplesPerSecond / peer),
    limit: `>= ${rateLimit}`,
    pass: first.samplesPerSecond >= rateLimit,
    note: `${small} samples, scripted provider, SQLite; peer: the same rows inserted into plain node:sqlite`,
  });
  report({
    name: 'overhead: peak heap',
    value: round(first.peakHeapMb),
    unit: 'MB',
    limit: `< ${heapLimitMb}`,
    pass: first.peakHeapMb < heapLimitMb,
    note: `${small} samples; ${round(first.heapMb)} MB after garbage collection`,
  });
  report({
    name: 'overhead: heap at ten times the samples',
    value: round(second.heapMb),
    unit: 'MB',
    peer: round(first.heapMb),
    ratio: round(second.heapMb / first.heapMb),
    limit: `ratio <= ${growthLimit}, peak < ${heapLimitMb}`,
    pass: second.heapMb / first.heapMb <= growthLimit && second.peakHeapMb < heapLimitMb,
    note: `${large} samples at ${Math.round(second.samplesPerSecond)}/s, peak ${round(second.peakHeapMb)} MB; peer: ${small} samples`,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(samples: number): Promise<Measurement> {
  const home = path.join(folder, String(samples));
  await writeHome(home, samples);
  const context = {
    homes: [home],
    secret: () => undefined,
    network: unrestrictedNetwork,
    indexDirectory: path.join(home, 'indexes'),
  };
  const suite = `{name: overhead, models: [{provider: scripted, answer: " 7"}], tasks: [sums]}`;
  const plan = await planRun(parseSuite(suite, path.join(home, 'suite.yaml'), context), context);
  const file = path.join(home, 'results.sqlite');
  const store = openSqliteStore(file);
  collectGarbage();
  let peak = 0;
  let heapAtEnd = 0;
  const started = performance.now();
  for await (const event of run(plan, store)) {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
    if (event.type !== 'evaluation.completed') continue;
    collectGarbage();
    heapAtEnd = process.memoryUsage().heapUsed;
  }
  const seconds = (performance.now() - started) / 1000;
  await store.close();
  return { samplesPerSecond: samples / seconds, peakHeapMb: peak / 1e6, heapMb: heapAtEnd / 1e6, file };
}

async function writeHome(home: string, rows: number): Promise<void> {
  mkdirSync(path.join(home, 'tasks'), { recursive: true });
  writeFileSync(
    path.join(home, 'tasks', 'sums.yaml'),
    `
task: sums
dataset_path: json
dataset_kwargs: {data_files: {test: sums.jsonl}}
test_split: test
output_type: generate_until
doc_to_text: "Question: {{question}}\\nAnswer:"
doc_to_target: "{{answer}}"
generation_kwargs: {until: ["\\n"], max_gen_toks: 16}
metric_list: [{metric: exact_match, aggregation: mean, higher_is_better: true}]
`,
  );
  const data = createWriteStream(path.join(home, 'tasks', 'sums.jsonl'));
  for (let row = 0; row < rows; row += 1) {
    const line = JSON.stringify({
      question: `How much are ${row} apples and ${row % 7} pears?`,
      answer: row % 10,
    });
    if (!data.write(`${line}\n`)) await once(data, 'drain');
  }
  data.end();
  await once(data, 'close');
}

/** Rows per second when the samples and scores of a results file are copied by the hundred, with nothing else done. */
function insertRows(file: string): number {
  const source = new DatabaseSync(file, { readOnly: true });
  const samples = source.prepare('SELECT * FROM sample').all();
  const scores = source.prepare('SELECT * FROM score').all();
  const definitions = source.prepare("SELECT sql FROM sqlite_schema WHERE name IN ('sample', 'score')").all();
  source.close();
  const target = new DatabaseSync(path.join(folder, 'peer.sqlite'));
  target.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF');
  for (const { sql } of definitions) target.exec(String(sql));
  const insert = (table: string, columns: number) =>
    target.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`);
  const insertSample = insert('sample', Object.keys(samples[0] ?? {}).length);
  const insertScore = insert('score', Object.keys(scores[0] ?? {}).length);
  const started = performance.now();
  for (let start = 0; start < samples.length; start += 256) {
    target.exec('BEGIN');
    for (const row of samples.slice(start, start + 256)) insertSample.run(...Object.values(row));
    for (const row of scores.slice(start, start + 256)) insertScore.run(...Object.values(row));
    target.exec('COMMIT');
  }
  const seconds = (performance.now() - started) / 1000;
  target.close();
  return samples.length / seconds;
}

function report(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
