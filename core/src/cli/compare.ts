// `bancada compare`: the paired difference of two models or two result files.
import Table from 'cli-table3';
import { Command } from 'commander';
import { type ComparisonRow, compareSides } from '../comparison/comparison.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './failure.ts';
import { formatNumber, formatProbability } from './number-format.ts';
import { resolveSide } from './operand.ts';

interface CompareOptions {
  readonly metric?: string;
  readonly in: string;
  readonly seed: string;
  readonly json?: true;
}

/** Builds the command. */
export function compareCommand(environment: Environment, finish: (code: number) => void): Command {
  return new Command('compare')
    .description('Compare two models or two result files item by item: difference, 95 % interval, p, flips.')
    .argument('<a>', 'baseline: a model, results.sqlite, or results.sqlite#model')
    .argument('<b>', 'candidate, in the same form')
    .option('--metric <name>', 'only this metric')
    .option('--in <file>', 'results file in which bare model names are looked up', 'results.sqlite')
    .option('--seed <number>', 'seed of the permutation test', '1234')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bancada -- compare bancada-micro bancada-tiny\n' +
        '  npm run bancada -- compare monday.sqlite#qwen3-8b tuesday.sqlite#qwen3-8b --metric exact_match',
    )
    .action(async (a: string, b: string, options: CompareOptions) => {
      const baseline = await resolveSide(a, environment.workingDirectory, options.in);
      const candidate = await resolveSide(b, environment.workingDirectory, options.in);
      const rows = await compareSides(baseline, candidate, {
        metric: options.metric,
        seed: Number(options.seed),
      });
      if (options.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
      else process.stdout.write(`${comparisonTable(rows, a, b, environment.colour)}\n`);
      finish(exitCode.ok);
    });
}

function comparisonTable(rows: readonly ComparisonRow[], a: string, b: string, colour: boolean): string {
  const table = new Table({
    head: [
      'task',
      'variant',
      'metric',
      'n',
      a,
      b,
      'difference',
      '95 % CI',
      'p',
      'p (Holm)',
      'fixed',
      'broken',
    ],
    style: colour ? { head: ['cyan'], compact: true } : { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const { paired } = row;
    table.push([
      row.task,
      row.variant,
      metricLabel(row),
      row.unpaired > 0 ? `${paired.n} (+${row.unpaired} unpaired)` : paired.n,
      formatNumber(row.baseline.mean),
      formatNumber(row.candidate.mean),
      signed(paired.difference),
      paired.ciLow === undefined || paired.ciHigh === undefined
        ? '-'
        : `[${signed(paired.ciLow)}, ${signed(paired.ciHigh)}]`,
      formatProbability(paired.p),
      formatProbability(row.pAdjusted),
      row.fixed.length,
      row.broken.length,
    ]);
  }
  const tests = [...new Set(rows.map((row) => testNames[row.paired.test]))].join('; ');
  return `${table.toString()}\np: ${tests}; Holm over all rows. fixed, broken: items that only the second, only the first has right`;
}

const testNames = {
  'mcnemar-exact': 'exact McNemar for 0/1 scores',
  'sign-flip': 'sign-flip permutation for other scores',
  'paired-z': 'normal approximation for very many pairs',
} as const;

function metricLabel(row: ComparisonRow): string {
  const name = row.filter === 'none' ? row.metric : `${row.metric},${row.filter}`;
  return row.unit === 'loss' ? `${name} (as loss, nats)` : name;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${formatNumber(value)}`;
}
