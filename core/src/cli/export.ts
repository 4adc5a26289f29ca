// `bancada export`: a stored run in one of the export formats.
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { BancadaError, unknownName } from '../errors.ts';
import type { Exporter } from '../exporter/exporter.ts';
import { type ExporterName, exporters } from '../exporter/registry.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './failure.ts';
import { latestRun } from './operand.ts';
import { openResults } from './results-file.ts';

interface ExportOptions {
  readonly format: string;
  readonly run?: string;
  readonly output?: string;
  readonly delimiter?: string;
  readonly bom?: true;
  readonly escape?: string;
  readonly model?: string;
  readonly variant?: string;
}

/** Builds the command. */
export function exportCommand(environment: Environment, finish: (code: number) => void): Command {
  return new Command('export')
    .description('Write a stored run to standard output or a file.')
    .argument('[results]', 'results file', 'results.sqlite')
    .requiredOption('--format <name>', Object.keys(exporters).join(', '))
    .option('--run <id>', 'a run by id or name (default: the latest)')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--delimiter <character>', 'CSV: column delimiter (default: comma)')
    .option('--bom', 'CSV: begin with a byte order mark, as some spreadsheets want')
    .option('--escape <mode>', 'CSV: formula (default: a leading quote before = + - @) or none')
    .option('--model <name>', 'lm-eval: the results of one model alone')
    .option('--variant <name>', 'lm-eval: the results of one variant alone')
    .addHelpText(
      'after',
      '\nExample:\n  npm run -s bancada -- export results.sqlite --format csv -o samples.csv',
    )
    .action(async (file: string, options: ExportOptions) => {
      const full = path.resolve(environment.workingDirectory, file);
      const exporter: Exporter = exporters[checkFormat(options.format)];
      const reader = await openResults(full);
      const run = await latestRun(reader, full, options.run);
      const target = options.output
        ? createWriteStream(path.resolve(environment.workingDirectory, options.output))
        : process.stdout;
      const pieces = exporter.export(reader, run.id, {
        delimiter: options.delimiter,
        bom: options.bom === true,
        escape: checkEscape(options.escape),
        model: options.model,
        variant: options.variant,
      });
      await pipeline(Readable.from(pieces), target, { end: target !== process.stdout });
      finish(exitCode.ok);
    });
}

function checkFormat(format: string): ExporterName {
  if (Object.hasOwn(exporters, format)) return format as ExporterName;
  throw unknownName('export format', format, Object.keys(exporters), { key: '--format' });
}

function checkEscape(mode: string | undefined): 'formula' | 'none' {
  if (mode === undefined || mode === 'formula') return 'formula';
  if (mode === 'none') return 'none';
  throw new BancadaError('INVALID_INPUT', 'wrong escape mode', {
    key: '--escape',
    value: mode,
    allowed: ['formula', 'none'],
  });
}
