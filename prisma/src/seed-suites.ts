// Registers the suites of the homes, and a version of each text.
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { loadSuite, type Suite } from '@bancada/core';
import type { Prisma } from '../generated/client.ts';
import type { SeedContext, SeededKind } from './seed-context.ts';

/** Of equal names the first home's holds. Leaves out faulty ones, and says why. */
export async function seedSuites(
  prisma: Prisma.TransactionClient,
  context: SeedContext,
): Promise<SeededKind> {
  let newVersions = 0;
  const seen = new Set<string>();
  for (const file of await suiteFiles(context.homes)) {
    const suite = await open(file, context);
    if (suite === undefined || seen.has(suite.definition.name)) continue;
    const { name, description = null } = suite.definition;
    seen.add(name);
    const data = { description, bundled: context.isBundled(file) };
    const { id, versions } = await prisma.suite.upsert({
      where: { name },
      create: { name, ...data },
      update: data,
      select: {
        id: true,
        versions: { orderBy: { version: 'desc' }, select: { version: true, sha256: true, saved: true } },
      },
    });
    const sha256 = createHash('sha256').update(suite.text).digest('hex');
    if (versions.find(({ saved }) => !saved)?.sha256 === sha256) continue;
    const version = (versions[0]?.version ?? 0) + 1;
    await prisma.suiteVersion.create({ data: { suiteId: id, version, sha256, yaml: suite.text } });
    newVersions += 1;
  }
  return { count: seen.size, newVersions };
}

async function suiteFiles(homes: readonly string[]): Promise<string[]> {
  const folders = homes.map(async (home) => {
    const folder = path.join(home, 'suites');
    const names = await readdir(folder).catch(() => []);
    return names.filter((name) => /\.ya?ml$/.test(name)).map((name) => path.join(folder, name));
  });
  return (await Promise.all(folders)).flatMap((files) => files.toSorted());
}

async function open(file: string, { homes, fault }: SeedContext): Promise<Suite | undefined> {
  try {
    return await loadSuite(file, { homes });
  } catch (error) {
    fault(`suite ${path.basename(file)}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
