// Statistics of a version's columns: read once, by a process of its own, then kept in the version's row.
import { type ColumnDescription, describeColumns, openDataset } from '@bancada/core';
import type { DatasetVersion } from '@bancada/prisma';
import type { Services } from '../context.ts';

/** Rows that are read at most; more would make a person wait and change little. */
const describedRows = 200_000;

const running = new Map<string, Promise<ColumnDescription>>();

/** @throws BancadaError when the files cannot be read, or are no longer those of the version. */
export async function versionStatistics(
  services: Services,
  name: string,
  version: DatasetVersion,
  split: string,
): Promise<ColumnDescription> {
  const kept = (version.statistics ?? {}) as Record<string, ColumnDescription | undefined>;
  const known = kept[split];
  if (known !== undefined) return known;
  const key = `${version.id}/${split}`;
  const begun = running.get(key) ?? describe(services, name, version, split);
  running.set(key, begun);
  try {
    return await begun;
  } finally {
    running.delete(key);
  }
}

async function describe(
  { homes, pool }: Services,
  name: string,
  version: DatasetVersion,
  split: string,
): Promise<ColumnDescription> {
  const dataset = await openVersion(homes, name, version);
  const files = dataset.splits.find((one) => one.name === split)?.files ?? [];
  const description = await describeColumns({ files, rows: describedRows });
  await pool.query(
    `update "DatasetVersion" set statistics = coalesce(statistics, '{}') || jsonb_build_object($2::text, $3::jsonb) where id = $1`,
    [version.id, split, JSON.stringify(description)],
  );
  return description;
}

/** A version of a folder that keeps them; of any other folder, what lies there now. */
async function openVersion(
  homes: readonly string[],
  name: string,
  { version, directory }: DatasetVersion,
): Promise<Awaited<ReturnType<typeof openDataset>>> {
  const isKept = /[/\\]versions[/\\]\d+$/.test(directory);
  return openDataset(isKept ? `${name}@${version}` : name, homes);
}
