// Registers the tasks of the homes, and a version of each text.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { listTasks, loadTask } from '@bancada/core';
import { load } from 'js-yaml';
import type { Prisma } from '../generated/client.ts';
import type { SeedContext, SeededKind } from './seed-context.ts';

/** What is told of a task beside its text. */
interface TaskFacts {
  readonly retrieves: boolean;
  readonly metrics: string[];
}

/** Leaves out groups, and those whose file is faulty, and says why. A task whose data are not there is registered all the same. */
export async function seedTasks(prisma: Prisma.TransactionClient, context: SeedContext): Promise<SeededKind> {
  let count = 0;
  let newVersions = 0;
  for (const entry of await listTasks(context.homes)) {
    if (entry.fault) context.fault(`task ${entry.name}: ${entry.fault}`);
    if (entry.fault || entry.kind === 'group') continue;
    const yaml = await readFile(entry.file, 'utf8');
    const sha256 = createHash('sha256').update(yaml).digest('hex');
    const data = { bundled: context.isBundled(entry.file) };
    const { id, versions } = await prisma.task.upsert({
      where: { name: entry.name },
      create: { name: entry.name, ...data },
      update: data,
      select: {
        id: true,
        versions: { orderBy: { version: 'desc' }, select: { version: true, sha256: true, saved: true } },
      },
    });
    count += 1;
    if (versions.find(({ saved }) => !saved)?.sha256 === sha256) continue;
    const facts = await describe(entry.name, yaml, context.homes);
    const version = (versions[0]?.version ?? 0) + 1;
    const outputType = entry.outputType ?? 'generate_until';
    await prisma.taskVersion.create({
      data: { taskId: id, version, sha256, yaml, outputType, dataset: entry.dataset ?? '', ...facts },
    });
    newVersions += 1;
  }
  return { count, newVersions };
}

async function describe(name: string, yaml: string, homes: readonly string[]): Promise<TaskFacts> {
  try {
    const { retrieves, metrics } = await loadTask({ task: name }, { homes, baseDirectory: '.', seed: 0 });
    return { retrieves, metrics: [...new Set(metrics.map(({ metric }) => metric))] };
  } catch {
    // Without its data a task cannot be opened, but its text says as much.
    const { metric_list: list = [], bancada } = (load(yaml, { json: true }) ?? {}) as TaskText;
    return { retrieves: bancada?.rag !== undefined, metrics: list.map(({ metric }) => metric) };
  }
}

interface TaskText {
  readonly metric_list?: readonly { readonly metric: string }[];
  readonly bancada?: { readonly rag?: unknown };
}
