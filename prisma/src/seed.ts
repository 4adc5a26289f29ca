// Registers what the homes hold: models, data sets, tasks, prompts and suites.
import path from 'node:path';
import type { PrismaClient } from '../generated/client.ts';
import type { SeedContext } from './seed-context.ts';
import { seedDatasets } from './seed-datasets.ts';
import { seedModels } from './seed-models.ts';
import { seedPrompts } from './seed-prompts.ts';
import { seedSuites } from './seed-suites.ts';
import { seedTasks } from './seed-tasks.ts';

/** What is registered now. */
export interface Seeded {
  readonly models: number;
  readonly datasets: number;
  readonly tasks: number;
  readonly prompts: number;
  readonly suites: number;
  /** Versions of data sets, tasks, prompts and suites that are new. */
  readonly newVersions: number;
  /** One line for each thing that cannot be used, and why. */
  readonly faults: readonly string[];
}

const seedLock = 7_208_001;
const timeoutMs = 300_000;

/**
 * `homes` in the order in which names are looked up. All or nothing, one process at a time; a thing gets a new version only when the
 * hash of its file is another than that of the latest file: what was saved here since then holds until the file changes.
 */
export async function seed(prisma: PrismaClient, homes: readonly string[]): Promise<Seeded> {
  const faults: string[] = [];
  const bundled = path.resolve(homes.at(-1) ?? '.') + path.sep;
  const context: SeedContext = {
    homes,
    isBundled: (file) => path.resolve(file).startsWith(bundled),
    fault: (line) => faults.push(line),
  };
  return await prisma.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`select pg_advisory_xact_lock(${seedLock}::int)::text`;
      const models = await seedModels(transaction, context);
      const datasets = await seedDatasets(transaction, context);
      const tasks = await seedTasks(transaction, context);
      const prompts = await seedPrompts(transaction, context);
      const suites = await seedSuites(transaction, context);
      return {
        models,
        datasets: datasets.count,
        tasks: tasks.count,
        prompts: prompts.count,
        suites: suites.count,
        newVersions: datasets.newVersions + tasks.newVersions + prompts.newVersions + suites.newVersions,
        faults,
      };
    },
    { timeout: timeoutMs, maxWait: timeoutMs },
  );
}
