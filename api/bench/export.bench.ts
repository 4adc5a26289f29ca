// A million samples as CSV: rows a second from the database to the client, and the API's memory meanwhile.
// node api/bench/export.bench.ts [samples] prints one JSON line a result.
import { randomUUID } from 'node:crypto';
import { createTestDatabase, insertSamples, type TestDatabase } from '@bancada/prisma';
import { variedSample } from '../../prisma/src/fixture/many-samples.ts';
import { startApiProcess } from './api-process.ts';

const total = Number(process.argv[2] ?? 1_000_000);
const written = 10_000;
const database = await createTestDatabase();
const api = await startApiProcess(database.url);
try {
  const runId = await fill(database);
  await (await fetch(`${api.url}/api/v1/runs/${runId}/metrics`)).text();
  const readings: number[] = [await api.memory()];
  const timer = setInterval(async () => readings.push(await api.memory()), 250);
  const processor = await api.processorSeconds();
  const start = performance.now();
  const answer = await fetch(`${api.url}/api/v1/runs/${runId}/samples?format=csv`);
  let bytes = 0;
  let rows = -1;
  // CR LF ends rows; the questions hold LF alone.
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(13); at >= 0; at = chunk.indexOf(13, at + 1)) rows += 1;
  }
  const seconds = (performance.now() - start) / 1000;
  clearInterval(timer);
  const rate = rows / seconds;
  const used = (await api.processorSeconds()) - processor;
  const copied = await copyRate(database, runId);
  print({
    name: `export: ${total.toLocaleString('en')} samples as CSV`,
    value: Math.round(rate),
    unit: 'rows/s',
    peer: Math.round(copied),
    ratio: Number((rate / copied).toFixed(2)),
    limit: '>= 50000',
    pass: rate >= 50_000 && rows === total,
    note: `${rows} rows, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s over HTTP, two scores each; the API used ${used.toFixed(1)} s of processor; peer: COPY of the same columns to /dev/null by the server, unescaped`,
  });
  const [before = 0, ...during] = readings;
  const [early, late] = [
    during.slice(0, Math.ceil(during.length / 4)),
    during.slice(-Math.ceil(during.length / 4)),
  ];
  const growth = (Math.max(...late) - Math.max(...early)) / 1e6;
  print({
    name: 'export: growth of the API from the first quarter to the last',
    value: Math.round(growth),
    unit: 'MB',
    limit: '< 50',
    pass: growth < 50,
    note: `resident ${Math.round(before / 1e6)} MB before, at most ${Math.round(Math.max(...during) / 1e6)} MB`,
  });
} finally {
  await api.stop();
  await database.close();
}

// What the server itself does, with nobody to send to.
async function copyRate({ pool }: TestDatabase, runId: string): Promise<number> {
  const names = ['exact_match', 'f1'];
  const joins = names.map(
    (name, index) =>
      `left join "Score" c${index} on c${index}."evaluationId" = s."evaluationId" and c${index}.item = s.item and c${index}.repeat = s.repeat and c${index}.metric = '${name}'`,
  );
  const columns =
    's.item, s.repeat, s."itemId", s."group", s.failure, s."failureMessage", s.input, s.target, s.prediction, s.output, s.retrieved, s."goldRetrieved", s."promptTokens", s."outputTokens", s."droppedTokens", s."queueMs", s."ttftMs", s."e2eMs", s."prefillMs", s."decodeMs", s."startedAt", c0.value, c1.value';
  const evaluation = `(select id from "Evaluation" where "runId" = '${runId}')`;
  const start = performance.now();
  const { rowCount } = await pool.query(
    `copy (select ${columns} from "Sample" s ${joins.join(' ')} where s."evaluationId" = ${evaluation} order by s.item, s.repeat) to '/dev/null' with (format csv)`,
  );
  return (rowCount ?? 0) / ((performance.now() - start) / 1000);
}

// Some thousands of real rows, then copies of them under other items.
async function fill({ pool, prisma }: TestDatabase): Promise<string> {
  const [runId, evaluationId] = [randomUUID(), randomUUID()];
  const metrics = ['exact_match', 'f1'].map((metric) => ({
    metric,
    filter: 'none',
    aggregation: 'mean',
    higherIsBetter: true,
  }));
  const cell = {
    id: evaluationId,
    task: 'sums',
    model: 'echo',
    variant: 'closed-book',
    outputType: 'generate_until',
    numFewshot: 0,
    fingerprint: '',
  };
  await prisma.run.create({
    data: {
      id: runId,
      name: 'bench',
      config: '',
      status: 'SUCCEEDED',
      evaluations: {
        create: [
          {
            ...cell,
            position: 0,
            status: 'SUCCEEDED',
            record: { ...cell, runId, metrics, repeats: 1, parameters: {} },
          },
        ],
      },
    },
  });
  for (let from = 0; from < written; from += 500) {
    await insertSamples(
      pool,
      evaluationId,
      Array.from({ length: 500 }, (_, index) => variedSample(from + index)),
    );
  }
  const { rows } = await pool.query<{ names: string }>(
    `select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
     where table_name = 'Sample' and column_name not in ('id', 'item') and is_generated = 'NEVER'`,
  );
  const names = rows[0]?.names ?? '';
  const copies = Math.ceil(total / written) - 1;
  const keep = `item + ${written} * k < ${total}`;
  await pool.query(
    `insert into "Sample" (id, item, ${names}) select gen_random_uuid(), item + ${written} * k, ${names} from "Sample", generate_series(1, ${copies}) k where ${keep}`,
  );
  await pool.query(
    `insert into "Score" ("evaluationId", item, repeat, metric, filter, value, weight)
     select "evaluationId", item + ${written} * k, repeat, metric, filter, value, weight from "Score", generate_series(1, ${copies}) k where ${keep}`,
  );
  await pool.query('vacuum analyze "Sample", "Score"');
  return runId;
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
