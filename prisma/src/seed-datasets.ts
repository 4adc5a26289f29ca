// Registers the data sets of the homes, and a version of each content.
import path from 'node:path';
import { type Dataset, listDatasets, openDataset, type Split } from '@bancada/core';
import type { Prisma } from '../generated/client.ts';
import type { SeedContext, SeededKind } from './seed-context.ts';
import { hashOfSplits } from './split-hash.ts';

/** Leaves out those that cannot be opened, and says why. */
export async function seedDatasets(
  prisma: Prisma.TransactionClient,
  context: SeedContext,
): Promise<SeededKind> {
  let count = 0;
  let newVersions = 0;
  for (const entry of await listDatasets(context.homes)) {
    if (entry.fault) {
      context.fault(`data set ${entry.name}: ${entry.fault}`);
      continue;
    }
    const dataset = await openDataset(entry.name, context.homes);
    const data = {
      description: dataset.description ?? null,
      licence: dataset.licence ?? null,
      source: dataset.source ?? null,
      // Uploads keep versions; in the default home they lie beside what comes with the program.
      bundled: context.isBundled(entry.directory) && dataset.version === undefined,
    };
    const { id, versions } = await prisma.dataset.upsert({
      where: { name: entry.name },
      create: { name: entry.name, ...data },
      update: data,
      select: { id: true, versions: { orderBy: { version: 'desc' }, take: 1 } },
    });
    count += 1;
    const sha256 = hashOfSplits(dataset.splits);
    if (versions[0]?.sha256 === sha256) continue;
    const splits = await Promise.all(dataset.splits.map((split) => describe(dataset, split)));
    // A folder that keeps versions knows its number.
    const version = dataset.version ?? (versions[0]?.version ?? 0) + 1;
    if (versions[0] !== undefined && versions[0].version >= version) continue;
    const directory = path.resolve(entry.directory);
    await prisma.datasetVersion.create({ data: { datasetId: id, version, sha256, directory, splits } });
    newVersions += 1;
  }
  return { count, newVersions };
}

/** The columns are those of the first row. Rows are counted when the manifest does not tell. */
async function describe(dataset: Dataset, { name, sha256, rows }: Split): Promise<Prisma.InputJsonObject> {
  let columns: string[] = [];
  let count = 0;
  for await (const row of dataset.rows(name)) {
    if (count === 0) columns = Object.keys(row);
    count += 1;
    if (rows !== undefined) break;
  }
  return { name, rows: rows ?? count, sha256, columns };
}
