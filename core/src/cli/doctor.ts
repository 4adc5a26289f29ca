// `bancada doctor`: machine, disk, engines, models and endpoints, with the remedy for whatever is wrong.
import { Command } from 'commander';
import { checkDisk, checkMachine, checkNode } from './doctor-machine.ts';
import { checkEndpoint, checkEngines, checkModels } from './doctor-models.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './failure.ts';
import type { Finding } from './finding.ts';

interface DoctorOptions {
  readonly endpoint?: string;
  readonly model?: string;
  readonly apiKeyEnv?: string;
  readonly json?: true;
}

/** Builds the command. */
export function doctorCommand(environment: Environment, finish: (code: number) => void): Command {
  return new Command('doctor')
    .description(
      'Look at machine, disk, engines, models and endpoints, and say what is wrong and how to mend it.',
    )
    .option('--endpoint <url>', 'also probe this OpenAI-compatible endpoint, e.g. http://localhost:8000/v1')
    .option('--model <id>', 'model to ask the endpoint for (default: the first that it lists)')
    .option('--api-key-env <name>', 'variable that holds the key of the endpoint')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npm run bancada -- doctor --endpoint http://localhost:8000/v1')
    .action(async (options: DoctorOptions) => {
      const findings = [
        checkNode(),
        ...(await checkMachine()),
        await checkDisk(environment),
        ...(await checkEngines(environment)),
        ...(await checkModels(environment)),
        ...(await checkEndpoint(options, environment)),
      ];
      process.stdout.write(options.json ? `${JSON.stringify(findings, null, 2)}\n` : asText(findings));
      finish(findings.some((finding) => finding.state === 'fault') ? exitCode.failed : exitCode.ok);
    });
}

function asText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map((finding) => finding.name.length));
  return findings
    .map((finding) => {
      const line = `${finding.state.padEnd(8)} ${finding.name.padEnd(width)}  ${finding.detail}\n`;
      return finding.state === 'ok' ? line : `${line}${' '.repeat(width + 11)}remedy: ${finding.remedy}\n`;
    })
    .join('');
}
