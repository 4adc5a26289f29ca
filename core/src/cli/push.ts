// `bancada push`: sends local runs to a server.
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { Agent, fetch } from 'undici';
import { z } from 'zod';
import { BancadaError, toError } from '../errors.ts';
import { copyResults } from '../store/sqlite-copy.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './failure.ts';
import { latestRun } from './operand.ts';
import { openResults } from './results-file.ts';

interface PushOptions {
  readonly to: string;
  readonly run?: string;
  readonly token?: string;
  readonly json?: true;
}

const answerSchema = z.object({
  runs: z.array(z.object({ id: z.string(), name: z.string(), outcome: z.string(), samples: z.number() })),
});

/** Builds the command. */
export function pushCommand(environment: Environment, finish: (code: number) => void): Command {
  return new Command('push')
    .description('Send the runs of a results file to a server; sending them again does no harm.')
    .argument('[results]', 'results file', 'results.sqlite')
    .requiredOption('--to <url>', 'address of the server, e.g. http://localhost:4000')
    .option('--run <id>', 'one run by id or name (default: all that have ended)')
    .option(
      '--token <token>',
      'API token, while the server asks for one (default: the variable BANCADA_TOKEN)',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npm run bancada -- push results.sqlite --to http://localhost:4000')
    .action(async (file: string, options: PushOptions) => {
      const full = path.resolve(environment.workingDirectory, file);
      const reader = await openResults(full);
      const run = options.run === undefined ? undefined : await latestRun(reader, full, options.run);
      await reader.close();
      const server = serverAddress(options.to);
      const token = options.token ?? environment.secret('BANCADA_TOKEN');
      const { runs } = await send(full, new URL(importPath(run?.id), server), token);
      if (options.json) process.stdout.write(`${JSON.stringify({ runs }, null, 2)}\n`);
      else
        for (const { id, name, outcome, samples } of runs)
          process.stdout.write(
            `${outcome.padEnd(9)}  ${samples} samples  ${name}  ${new URL(`runs/${id}`, server)}\n`,
          );
      finish(exitCode.ok);
    });
}

function importPath(run: string | undefined): string {
  return `api/v1/runs/import${run === undefined ? '' : `?run=${encodeURIComponent(run)}`}`;
}

function serverAddress(given: string): URL {
  const address = URL.canParse(given) ? new URL(given) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    throw new BancadaError('INVALID_INPUT', 'wrong address of the server', {
      key: '--to',
      value: given,
      allowed: 'http://host:port or https://host',
    });
  }
  if (!address.pathname.endsWith('/')) address.pathname += '/';
  return address;
}

// A copy: the file may be written meanwhile, and what stands beside it in its log belongs to it.
async function send(
  file: string,
  address: URL,
  token: string | undefined,
): Promise<z.infer<typeof answerSchema>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'bancada-push-'));
  // Taking in many samples takes its time.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  try {
    const copy = path.join(directory, 'results.sqlite');
    copyResults(file, copy);
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/vnd.sqlite3',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: await openAsBlob(copy),
      dispatcher,
    });
    const text = await response.text();
    if (!response.ok) throw refusal(address, response.status, text);
    return answerSchema.parse(JSON.parse(text));
  } catch (thrown) {
    if (thrown instanceof BancadaError) throw thrown;
    const cause = toError(thrown);
    throw new BancadaError('ENDPOINT_FAILED', `${address.origin} cannot be reached: ${reason(cause)}`, {
      hint: 'Start the server with npm start, or mend --to',
      cause,
    });
  } finally {
    await dispatcher.close();
    await rm(directory, { recursive: true, force: true });
  }
}

function refusal(address: URL, status: number, text: string): BancadaError {
  const problem = z.object({ detail: z.string() }).safeParse(parsedOr(text));
  const said = problem.success ? problem.data.detail : `status ${status}`;
  const hint = status === 401 || status === 403 ? 'Give an API token with --token' : undefined;
  return new BancadaError('ENDPOINT_FAILED', `${address.origin} did not take the file: ${said}`, { hint });
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// fetch says no more than that it failed.
function reason(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
