// `bancada run`: executes a suite, shows it live, stores it, and prints the table.

import path from 'node:path';
import { Command } from 'commander';
import { BancadaError } from '../errors.ts';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type { RunEvent } from '../run/event.ts';
import { planRun } from '../run/plan.ts';
import { run } from '../run/run.ts';
import { loadSuite } from '../run/suite.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './failure.ts';
import { GateBaselines } from './gate-baselines.ts';
import { createProgressView } from './progress-view.ts';
import { printRun } from './show.ts';

interface RunOptions {
  readonly out: string;
  readonly limit?: number;
  readonly model?: string[];
  readonly task?: string[];
  readonly resume?: true;
  readonly retryFailed?: true;
  readonly json?: true;
}

/** Builds the command. */
export function runCommand(environment: Environment, finish: (code: number) => void): Command {
  return new Command('run')
    .description('Run a suite of models x tasks x RAG variants and store every sample as it is finished.')
    .argument('<suite>', 'suite file (YAML)')
    .option('--out <file>', 'results file; an existing one gets one more run', 'results.sqlite')
    .option('--limit <n>', 'at most n items of each task', positiveInteger)
    .option('--model <id...>', 'only these models of the suite')
    .option('--task <name...>', 'only these tasks of the suite')
    .option('--resume', 'go on with the unfinished run of this suite in the results file')
    .option('--retry-failed', 'with --resume: try failed samples again')
    .option('--json', 'print the result as JSON; progress goes to standard error')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bancada -- run data/suites/quickstart.yaml --limit 50\n' +
        '  npm run bancada -- run my-suite.yaml --out monday.sqlite --resume\n\n' +
        'Exit code: 0 all well, 1 a sample failed or a gate was missed, 2 bad input, 130 interrupted.',
    )
    .action(async (suiteFile: string, options: RunOptions) =>
      finish(await execute(suiteFile, options, environment)),
    );
}

async function execute(suiteFile: string, options: RunOptions, environment: Environment): Promise<number> {
  const { homes, workingDirectory, secret } = environment;
  const suite = await loadSuite(path.resolve(workingDirectory, suiteFile), {
    homes,
    limit: options.limit,
    models: options.model,
    tasks: options.task,
  });
  const plan = await planRun(suite, {
    homes,
    secret,
    network: unrestrictedNetwork,
    indexDirectory: path.join(environment.home, 'indexes'),
  });
  const store = openSqliteStore(path.resolve(workingDirectory, options.out));
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const stream = options.json ? process.stderr : process.stdout;
  const view = createProgressView({ stream, live: stream.isTTY === true });
  const tally: Tally = { failed: false, interrupted: false, runId: undefined };
  try {
    await using baselines = await GateBaselines.open(plan, store);
    const events = run(plan, store, {
      judgeBaselines: baselines.judge,
      signal: abort.signal,
      resume: options.resume === true,
      retryFailed: options.retryFailed === true,
    });
    for await (const event of events) {
      view.show(event);
      count(event, tally);
    }
    view.stop();
    const record = (await store.runs()).find((one) => one.id === tally.runId);
    if (record !== undefined) await printRun(store, record, options.json === true, environment.colour);
  } finally {
    view.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await store.close();
  }
  if (tally.interrupted) {
    process.stderr.write(`stopped; everything finished is kept in ${options.out}. Go on with --resume\n`);
    return exitCode.interrupted;
  }
  return tally.failed ? exitCode.failed : exitCode.ok;
}

interface Tally {
  failed: boolean;
  interrupted: boolean;
  runId: string | undefined;
}

function count(event: RunEvent, tally: Tally): void {
  if (event.type === 'run.started') tally.runId = event.run.id;
  if (event.type === 'run.cancelled') tally.interrupted = true;
  if (event.type === 'sample.failed' || event.type === 'run.failed') tally.failed = true;
  if (event.type === 'evaluation.completed' && event.evaluation.status === 'failed') tally.failed = true;
  if (event.type === 'gate.evaluated' && !event.gate.passed) tally.failed = true;
  if ('progress' in event && event.progress.failed > 0) tally.failed = true;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new BancadaError('INVALID_INPUT', 'wrong limit', {
    key: '--limit',
    value: text,
    allowed: 'an integer from 1',
  });
}
