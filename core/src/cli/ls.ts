// `bancada ls`: what is registered, and where it comes from.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Table from 'cli-table3';
import { Command } from 'commander';
import { listDatasets } from '../dataset/list.ts';
import { unknownName } from '../errors.ts';
import { exporters } from '../exporter/registry.ts';
import { aggregates } from '../metric/registry.ts';
import { listModels } from '../model/list.ts';
import { providers } from '../model/registry.ts';
import { chunkers } from '../rag/chunker/registry.ts';
import { retrievers } from '../rag/retriever/registry.ts';
import { scorers } from '../scorer/registry.ts';
import { listTasks } from '../task/list.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './failure.ts';

type Entry = Readonly<Record<string, string | number | undefined>>;
type Described = Readonly<Record<string, { readonly description: string }>>;

const kinds = {
  models: async (environment) =>
    (await listModels(environment.homes)).map((model) => ({
      name: model.name,
      kind: model.kind,
      variants: model.variants.join(', '),
      parameters: model.parameters,
      from: model.directory,
    })),
  datasets: async (environment) =>
    (await listDatasets(environment.homes)).map((dataset) => ({
      name: dataset.name,
      splits: dataset.splits.join(', '),
      licence: dataset.licence,
      from: dataset.directory,
    })),
  tasks: async (environment) =>
    (await listTasks(environment.homes)).map((task) => ({
      name: task.name,
      output: task.outputType,
      dataset: task.dataset,
      from: task.file,
    })),
  suites: async (environment) => suiteFiles(environment.homes),
  metrics: async () => [...described(scorers), ...described(aggregates)],
  retrievers: async () => described(retrievers),
  chunkers: async () => described(chunkers),
  providers: async () => described(providers),
  exporters: async () => described(exporters),
} satisfies Record<string, (environment: Environment) => Promise<Entry[]>>;

/** Builds the command. */
export function lsCommand(environment: Environment, finish: (code: number) => void): Command {
  return new Command('ls')
    .description('List what is registered and where it comes from.')
    .argument('<kind>', Object.keys(kinds).join(', '))
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npm run bancada -- ls models')
    .action(async (kind: string, options: { readonly json?: true }) => {
      if (!Object.hasOwn(kinds, kind)) throw unknownName('kind', kind, Object.keys(kinds));
      const entries = await kinds[kind as keyof typeof kinds](environment);
      process.stdout.write(
        `${options.json ? JSON.stringify(entries, null, 2) : entryTable(entries, environment)}\n`,
      );
      finish(exitCode.ok);
    });
}

function described(registry: Described): Entry[] {
  return Object.entries(registry).map(([name, { description }]) => ({ name, description }));
}

async function suiteFiles(homes: readonly string[]): Promise<Entry[]> {
  const perHome = homes.map(async (home) => {
    const directory = path.join(home, 'suites');
    const files = await readdir(directory).catch(() => []);
    return files
      .filter((file) => /\.ya?ml$/.test(file))
      .toSorted()
      .map((file) => ({ name: path.parse(file).name, from: path.join(directory, file) }));
  });
  return (await Promise.all(perHome)).flat();
}

function entryTable(entries: readonly Entry[], environment: Environment): string {
  const [first] = entries;
  if (first === undefined) return 'nothing registered';
  const columns = Object.keys(first);
  const table = new Table({
    head: columns,
    style: environment.colour ? { compact: true } : { head: [], border: [], compact: true },
  });
  for (const entry of entries)
    table.push(columns.map((column) => display(column, entry[column], environment)));
  return table.toString();
}

function display(column: string, value: string | number | undefined, environment: Environment): string {
  if (value === undefined) return '-';
  if (column === 'from') return path.relative(environment.workingDirectory, String(value)) || '.';
  return typeof value === 'number' ? value.toLocaleString('en-US') : value;
}
