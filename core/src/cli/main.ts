// The command line `bancada`: one file a command, wired here.
import { Command, CommanderError } from 'commander';
import { type Environment, readEnvironment } from './environment.ts';
import { exitCode, reportFailure } from './failure.ts';

type Build = (environment: Environment, finish: (code: number) => void) => Command;

/** One line a command. Loaded only when asked for, so that each starts quickly. */
const commands: Readonly<Record<string, () => Promise<Build>>> = {
  run: async () => (await import('./run.ts')).runCommand,
  show: async () => (await import('./show.ts')).showCommand,
  compare: async () => (await import('./compare.ts')).compareCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  push: async () => (await import('./push.ts')).pushCommand,
  ls: async () => (await import('./ls.ts')).lsCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
};

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
    .addHelpText('after', '\nExample:\n  npm run bancada -- run data/suites/quickstart.yaml --limit 50')
    .exitOverride();
  const asked = process.argv[2] ?? '';
  const wanted = Object.hasOwn(commands, asked) ? [asked] : Object.keys(commands);
  for (const name of wanted) {
    const build = await commands[name]?.();
    if (build) program.addCommand(build(environment, finish).exitOverride());
  }
  await program.parseAsync();
  return code;
}

// A reader that has seen enough (`| head`) closes the pipe: nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCode.ok);
  throw error;
});

try {
  process.exitCode = await main();
} catch (error) {
  const usage = error instanceof CommanderError;
  process.exitCode = usage ? (error.exitCode === 0 ? exitCode.ok : exitCode.badInput) : reportFailure(error);
}
