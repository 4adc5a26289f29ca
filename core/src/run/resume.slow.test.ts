// A run whose process is killed again and again ends with the result of an undisturbed one.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ExampleHome, exampleSuite, makeExampleHome, runToEnd } from './fixture/example-home.ts';

const items = 400;
const suite = exampleSuite('latency_ms: 4, concurrency: 2');
let home: ExampleHome;
beforeEach(() => {
  home = makeExampleHome(items);
});
afterEach(() => home[Symbol.dispose]());

// What a user would run: it takes up what is there, and says so when it has ended.
function startRun(): ChildProcess {
  const file = (name: string) => JSON.stringify(path.join(import.meta.dirname, name));
  const program = `
    import { planRun } from ${file('plan.ts')};
    import { run } from ${file('run.ts')};
    import { parseSuite } from ${file('suite.ts')};
    import { openSqliteStore } from ${file('../store/sqlite.ts')};
    const folder = ${JSON.stringify(home.folder)};
    const context = { homes: [folder], secret: () => undefined, indexDirectory: folder + '/indexes' };
    const plan = await planRun(parseSuite(${JSON.stringify(suite)}, folder + '/suite.yaml', context), context);
    const store = openSqliteStore(folder + '/killed.sqlite');
    const abort = new AbortController();
    process.on('SIGINT', () => abort.abort());
    for await (const event of run(plan, store, { resume: true, signal: abort.signal })) {
      if (event.type === 'samples.scored' || event.type.startsWith('run.')) console.log(event.type);
    }
    await store.close();`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Scores, metrics and samples as rows, without what a clock has measured. */
function rows(name: string): unknown {
  const database = new DatabaseSync(path.join(home.folder, `${name}.sqlite`), { readOnly: true });
  const all = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  const found = {
    samples: all(
      `SELECT task, item, repeat, failure, prompt_tokens, output_tokens, target, prediction, input, output
       FROM sample JOIN evaluation ON evaluation.key = sample.evaluation ORDER BY task, item, repeat`,
    ),
    scores: all(
      `SELECT task, item, repeat, metric, filter, value, weight
       FROM score JOIN evaluation ON evaluation.key = score.evaluation ORDER BY task, item, repeat, metric`,
    ),
    metrics: all(
      `SELECT task, metric, filter, value, n, stderr, ci_low, ci_high
       FROM metric JOIN evaluation ON evaluation.key = metric.evaluation WHERE kind <> 'speed' ORDER BY task, position`,
    ),
    runs: all('SELECT count(*) AS n, max(status) AS status FROM run'),
  };
  database.close();
  return found;
}

it('survives SIGKILL at random moments: exactly once, byte for byte', async () => {
  let kills = 0;
  for (;;) {
    const child = startRun();
    let ended = '';
    child.stdout?.on('data', (chunk) => {
      ended += chunk;
    });
    const exit = once(child, 'exit');
    if (kills < 6) {
      await once(child.stdout as NodeJS.ReadableStream, 'data');
      await Promise.race([exit, sleep(100 + Math.random() * 500)]);
      if (child.exitCode === null) kills += 1;
      child.kill('SIGKILL');
    }
    await exit;
    if (ended.includes('run.completed')) break;
  }
  expect(kills).toBeGreaterThanOrEqual(3);
  const undisturbed = home.store('undisturbed');
  await runToEnd(await home.plan(exampleSuite('latency_ms: 1')), undisturbed);
  await undisturbed.close();
  expect(rows('killed')).toEqual(rows('undisturbed'));
});

it('ends within 2 s of SIGINT, and goes on from there', async () => {
  const child = startRun();
  const exit = once(child, 'exit');
  let ended = '';
  child.stdout?.on('data', (chunk) => {
    ended += chunk;
  });
  while (!ended.includes('samples.scored')) await once(child.stdout as NodeJS.ReadableStream, 'data');
  const stopped = performance.now();
  child.kill('SIGINT');
  await exit;
  expect(performance.now() - stopped).toBeLessThan(2000);
  expect(ended).toContain('run.cancelled');
  const store = home.store('killed');
  const [run] = await store.runs();
  expect(run?.status).toBe('cancelled');
  const [evaluation] = await store.evaluations(run?.id ?? '');
  const kept = await store.totals(evaluation?.id ?? '');
  expect(kept.samples).toBeGreaterThan(0);
  expect(kept.samples).toBeLessThan(items);
  await store.close();
});
