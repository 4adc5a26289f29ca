// What the terminal shows once the system is up: the run of an empty bench with its results, or how the first user comes in.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { createPool, PrismaClient } from '../../prisma/src/index.ts';
import { followRun } from './follow-run.ts';
import { saveResults } from './results-file.ts';

/** A system that is up. */
export interface ReadySystem {
  readonly prisma: PrismaClient;
  readonly pool: ReturnType<typeof createPool>;
  /** Where the API answers. */
  readonly address: string;
  /** The repository, which gets `results.sqlite`. */
  readonly root: string;
  /** Ends the show. */
  readonly signal: AbortSignal;
  /** What the first administrator types in; undefined while nobody signs in. */
  readonly setupCode: (() => string) | undefined;
}

/** Runs are for people who signed in: where they do, and there is nobody yet, the set-up code is shown instead. */
export async function showFirstRun(system: ReadySystem): Promise<void> {
  const { prisma, pool, signal, setupCode } = system;
  if (setupCode) return tellSetup(system, setupCode);
  const runId = await firstRun(system);
  if (runId === undefined) return;
  await followRun(prisma, pool, runId, signal);
  if (!signal.aborted) await tellResults(system, runId);
}

async function tellSetup({ prisma, address }: ReadySystem, setupCode: () => string): Promise<void> {
  if ((await prisma.user.count()) > 0) return;
  console.log(
    `There is no user yet. Open ${address.replace('127.0.0.1', 'localhost')}/setup and enter this setup code: ${setupCode()}\n`,
  );
}

/** The run to show: an unfinished one, or `quickstart` queued on an empty database. */
async function firstRun({ prisma, address, root }: ReadySystem): Promise<string | undefined> {
  const unfinished = await prisma.run.findFirst({
    where: { status: { in: ['QUEUED', 'RUNNING'] } },
    orderBy: { createdAt: 'desc' },
  });
  if (unfinished) return unfinished.id;
  if ((await prisma.run.count()) > 0) return undefined;
  if (!existsSync(path.join(root, 'data', 'suites', 'quickstart.yaml'))) return undefined;
  const response = await fetch(`${address}/api/v1/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ suite: 'quickstart' }),
  });
  if (!response.ok) {
    console.log(`could not queue the suite quickstart: ${await response.text()}`);
    return undefined;
  }
  const { id } = (await response.json()) as { id: string };
  console.log('queued the suite quickstart');
  return id;
}

async function tellResults({ address, root }: ReadySystem, runId: string): Promise<void> {
  const file = 'results.sqlite';
  try {
    await saveResults(address, runId, path.join(root, file));
    console.log(`
The samples and scores are also in ${file}. What can follow:
  npm run bancada -- show ${file}                        the table again
  npm run bancada -- compare bancada-micro bancada-tiny     the difference, with its uncertainty
  npm run bancada -- export ${file} --format csv         also json, jsonl, markdown`);
  } catch (thrown) {
    console.log(`could not write ${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
