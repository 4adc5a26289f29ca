// A new version of a data set, on disk and in the tables at once: for uploads and imports alike.
import path from 'node:path';
import { BancadaError, type NewSplit, newestVersion, type ShelvedFile, shelve } from '@bancada/core';
import type { Dataset, DatasetVersion, Prisma, PrismaClient } from '../generated/client.ts';
import { hashOfSplits } from './split-hash.ts';

/** What a split of a {@link DatasetVersion} holds, as its `splits` tell it. */
export interface SplitFacts {
  readonly name: string;
  readonly rows: number;
  /** SHA-256 over the bytes of its files in order, hex. */
  readonly sha256: string;
  readonly columns: readonly string[];
}

/** A split with its files, which are moved. */
export interface DraftSplit extends SplitFacts {
  readonly files: readonly ShelvedFile[];
}

/** What is to become the newest version of a data set. */
export interface DatasetDraft {
  readonly name: string;
  readonly description?: string | undefined;
  readonly licence?: string | undefined;
  readonly source?: string | undefined;
  readonly splits: readonly DraftSplit[];
  /** Whether splits that the newest version has beside these stay. */
  readonly keepOthers: boolean;
}

/** What became of a draft. */
export interface PublishedDataset {
  readonly dataset: Dataset;
  readonly version: DatasetVersion;
  /** False when the newest version holds the very same: nothing was written. */
  readonly created: boolean;
}

const lockSpace = 7_208_003;
const timeoutMs = 300_000;

/**
 * Publishes a draft into a home; two at once for one name come one after the other.
 * @throws BancadaError INVALID_INPUT (name, split), DUPLICATE_NAME (bundled, or kept by hand).
 */
export async function publishDataset(
  prisma: PrismaClient,
  home: string,
  draft: DatasetDraft,
): Promise<PublishedDataset> {
  return prisma.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`select pg_advisory_xact_lock(${lockSpace}::int, hashtext(${draft.name.toLowerCase()}))::text`;
      return publish(transaction, home, draft);
    },
    { timeout: timeoutMs, maxWait: timeoutMs },
  );
}

async function publish(
  transaction: Prisma.TransactionClient,
  home: string,
  draft: DatasetDraft,
): Promise<PublishedDataset> {
  const { name } = draft;
  const known = await transaction.dataset.findUnique({
    where: { name },
    include: { versions: { orderBy: { version: 'desc' }, take: 1 } },
  });
  if (known?.bundled) {
    throw new BancadaError('DUPLICATE_NAME', 'a data set of this name comes with the program', {
      key: 'name',
      value: name,
      allowed: 'another name',
    });
  }
  const onDisk = await newestVersion(home, name);
  const latest = known?.versions[0];
  const before = onDisk === 0 ? [] : ((latest?.splits ?? []) as unknown as SplitFacts[]);
  const splits = arranged(before, draft);
  const sha256 = hashOfSplits(splits);
  if (known && latest?.sha256 === sha256 && onDisk > 0) {
    return { dataset: known, version: latest, created: false };
  }
  const version = Math.max(onDisk, latest?.version ?? 0) + 1;
  const about = {
    description: draft.description ?? known?.description ?? null,
    licence: draft.licence ?? known?.licence ?? null,
    source: draft.source ?? known?.source ?? null,
  };
  const dataset = await transaction.dataset.upsert({
    where: { name },
    create: { name, ...about },
    update: about,
  });
  const row = await transaction.datasetVersion.create({
    data: {
      datasetId: dataset.id,
      version,
      sha256,
      directory: path.join(home, 'datasets', name, 'versions', String(version)),
      splits: splits.map(({ name: split, rows, sha256: hash, columns }) => {
        return { name: split, rows, sha256: hash, columns: [...columns] };
      }),
    },
  });
  // Last, so that whatever the tables refuse leaves the folder alone.
  await shelve(home, { name, version, ...about, splits: splits.map(shelfSplit) });
  return { dataset, version: row, created: true };
}

/** The splits that were there in their order, replaced where the draft has them, then the draft's own. */
function arranged(before: readonly SplitFacts[], draft: DatasetDraft): (SplitFacts | DraftSplit)[] {
  const drafted = new Map(draft.splits.map((split) => [split.name, split]));
  const stays = before.filter(({ name }) => draft.keepOthers || drafted.has(name));
  const added = draft.splits.filter(({ name }) => !stays.some((split) => split.name === name));
  return [...stays.map((split) => drafted.get(split.name) ?? split), ...added];
}

function shelfSplit(split: SplitFacts | DraftSplit): NewSplit {
  if (!('files' in split)) return { type: 'kept', name: split.name };
  return { type: 'new', name: split.name, files: split.files, sha256: split.sha256 };
}
