// `bancada show`: the result table of a results file.
import path from 'node:path';
import { Command } from 'commander';
import type { RunRecord } from '../run/record.ts';
import type { ResultReader } from '../run/result-store.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './failure.ts';
import { latestRun } from './operand.ts';
import { type EvaluationResult, resultNotes, resultTable } from './result-table.ts';
import { openResults } from './results-file.ts';

interface ShowOptions {
  readonly run?: string;
  readonly json?: true;
  readonly list?: true;
}

/** Builds the command. */
export function showCommand(environment: Environment, finish: (code: number) => void): Command {
  return new Command('show')
    .description('Show the scores of a run: n, score, 95 % interval, speed, warnings and gates.')
    .argument('[results]', 'results file', 'results.sqlite')
    .option('--run <id>', 'a run by id or name (default: the latest)')
    .option('--list', 'list the runs of the file')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npm run bancada -- show results.sqlite')
    .action(async (file: string, options: ShowOptions) => {
      const full = path.resolve(environment.workingDirectory, file);
      const reader = await openResults(full);
      if (options.list) await printRuns(reader, options.json === true);
      else
        await printRun(
          reader,
          await latestRun(reader, full, options.run),
          options.json === true,
          environment.colour,
        );
      finish(exitCode.ok);
    });
}

/** Everything that is stored about a run but its samples. */
export async function readRun(reader: ResultReader, run: RunRecord) {
  const results: EvaluationResult[] = [];
  for (const evaluation of await reader.evaluations(run.id)) {
    results.push({ evaluation, metrics: await reader.metrics(evaluation.id) });
  }
  return { run, results, warnings: await reader.warnings(run.id), gates: await reader.gates(run.id) };
}

/** Prints a stored run: table, notes, or all of it as JSON. */
export async function printRun(
  reader: ResultReader,
  run: RunRecord,
  json: boolean,
  colour: boolean,
): Promise<void> {
  const stored = await readRun(reader, run);
  if (json) {
    process.stdout.write(`${JSON.stringify(stored, null, 2)}\n`);
    return;
  }
  process.stdout.write(`${run.name} · ${run.status} · ${run.createdAt} · ${run.id}\n`);
  process.stdout.write(`${resultTable(stored.results, colour)}\n`);
  for (const note of resultNotes(stored.results, stored.warnings, stored.gates))
    process.stdout.write(`${note}\n`);
}

async function printRuns(reader: ResultReader, json: boolean): Promise<void> {
  const runs = (await reader.runs()).map(({ id, name, status, createdAt, finishedAt }) => ({
    id,
    name,
    status,
    createdAt,
    finishedAt,
  }));
  if (json) process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  else
    for (const run of runs)
      process.stdout.write(`${run.id}  ${run.createdAt}  ${run.status.padEnd(9)}  ${run.name}\n`);
}
