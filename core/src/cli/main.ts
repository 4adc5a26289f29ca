// The command line `bancada`: one file a command, wired here.
import { Command, CommanderError } from 'commander';
import { compareCommand } from './compare.ts';
import { doctorCommand } from './doctor.ts';
import { readEnvironment } from './environment.ts';
import { exportCommand } from './export.ts';
import { exitCode, reportFailure } from './failure.ts';
import { lsCommand } from './ls.ts';
import { runCommand } from './run.ts';
import { showCommand } from './show.ts';

async function main(): Promise<number> {
  const environment = readEnvironment();
  let code: number = exitCode.ok;
  const finish = (result: number) => {
    code = result;
  };
  const program = new Command('bancada')
    .description(
      'Benchmarks language models and RAG pipelines: quality, retrieval, speed, each with its uncertainty.',
    )
    .showHelpAfterError()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  const commands = [runCommand, showCommand, compareCommand, exportCommand, lsCommand, doctorCommand];
  for (const command of commands) program.addCommand(command(environment, finish).exitOverride());
  await program.parseAsync();
  return code;
}

try {
  process.exitCode = await main();
} catch (error) {
  const usage = error instanceof CommanderError;
  process.exitCode = usage ? (error.exitCode === 0 ? exitCode.ok : exitCode.badInput) : reportFailure(error);
}
