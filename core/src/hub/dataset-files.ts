// Which files of a repository hold the rows of a data set: by its card, by their names, or in the hub's own Parquet copy.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BancadaError, unknownName } from '../errors.ts';
import { type CardConfig, type DatasetCard, readCard } from './dataset-card.ts';
import type { Hub } from './hub.ts';
import type { HubFile, HubRepository } from './repository.ts';
import { splitOfPath } from './split-name.ts';

/** What is wanted of a repository. */
export interface HubDatasetRequest {
  /** `organisation/name`. */
  readonly repo: string;
  /** A subset; the card's default when left out. */
  readonly config?: string | undefined;
  /** One split; all of them when left out. */
  readonly split?: string | undefined;
  /** Branch, tag or commit; `main` when left out. */
  readonly revision?: string | undefined;
}

/** Where the rows are. */
export interface HubDatasetFiles {
  readonly repository: HubRepository;
  /** Of the revision that was asked for. */
  readonly commit: string;
  /** The commit that holds the files: another one when they are the hub's Parquet copy. */
  readonly filesCommit: string;
  readonly config: string | undefined;
  readonly licence: string | undefined;
  /** Files by split, in reading order. */
  readonly splits: ReadonlyMap<string, readonly HubFile[]>;
}

/** The branch on which the hub keeps every data set as Parquet. */
const parquetBranch = 'refs/convert/parquet';
const dataFile = /\.(parquet|jsonl|ndjson|json|csv|tsv)(\.gz)?$/i;
const noData = /(^|\/)(dataset_infos?|state|config|package)\.json$/i;

/**
 * Resolves a request. Nothing but the card is downloaded.
 * @throws BancadaError as the hub's, UNKNOWN_NAME (config, split: lists those that exist), FILE_NOT_FOUND when there is no data file.
 */
export async function findHubDataset(
  hub: Hub,
  { repo, config, split, revision }: HubDatasetRequest,
  signal?: AbortSignal,
): Promise<HubDatasetFiles> {
  const repository: HubRepository = { type: 'dataset', name: repo };
  const commit = await hub.resolve(repository, revision, signal);
  const files = await hub.list(repository, commit, signal);
  const card = await cardOf(hub, repository, commit, files, signal);
  const own = ownFiles(files, card, config);
  const found = own ?? (await copiedFiles(hub, repository, config, signal));
  if (found === undefined) throw noFiles(repo, files);
  const splits = chosen(found.splits, split, repo);
  const { commit: filesCommit = commit } = found;
  return { repository, commit, filesCommit, config: found.config, licence: card.licence, splits };
}

interface Found {
  /** When it is another one than that of the revision. */
  readonly commit?: string;
  readonly config: string | undefined;
  readonly splits: ReadonlyMap<string, readonly HubFile[]>;
}

async function cardOf(
  hub: Hub,
  repository: HubRepository,
  commit: string,
  files: readonly HubFile[],
  signal: AbortSignal | undefined,
): Promise<DatasetCard> {
  const readme = files.find((file) => file.path === 'README.md');
  if (readme === undefined) return { licence: undefined, configs: [] };
  return readCard(await readFile(await hub.download(repository, commit, readme, { signal }), 'utf8'));
}

/** By the card's configs, else by folders and names. Undefined when this commit holds no data, or not this config's. */
function ownFiles(
  files: readonly HubFile[],
  card: DatasetCard,
  wanted: string | undefined,
): Found | undefined {
  const data = files.filter((file) => dataFile.test(file.path) && !noData.test(file.path));
  if (data.length === 0) return undefined;
  const configs = card.configs.filter(({ dataFiles }) => dataFiles.length > 0);
  if (configs.length > 0) {
    const named =
      wanted ?? (configs.find((one) => one.isDefault || one.name === 'default') ?? configs[0])?.name;
    const config = configs.find(({ name }) => name === named);
    if (config === undefined)
      throw unknownName(
        'config',
        wanted ?? '',
        configs.map(({ name }) => name),
        { key: 'config' },
      );
    return { config: config.name, splits: byPattern(data, config) };
  }
  const folders = new Set(
    data.flatMap(({ path: file }) => (file.includes('/') ? [file.split('/')[0] ?? ''] : [])),
  );
  if (wanted === undefined || wanted === 'default') return { config: undefined, splits: byName(data) };
  const inFolder = data.filter(({ path: file }) => file.startsWith(`${wanted}/`));
  if (inFolder.length > 0) return { config: wanted, splits: byName(inFolder) };
  throw unknownName('config', wanted, [...folders], { key: 'config' });
}

function byPattern(files: readonly HubFile[], { dataFiles }: CardConfig): Map<string, HubFile[]> {
  const splits = new Map<string, HubFile[]>();
  for (const { split, patterns } of dataFiles) {
    const matching = files.filter((file) =>
      patterns.some((pattern) => path.posix.matchesGlob(file.path, pattern)),
    );
    for (const file of matching) {
      const name = split ?? splitOfPath(file.path);
      splits.set(name, [...(splits.get(name) ?? []), file]);
    }
  }
  return splits;
}

function byName(files: readonly HubFile[]): Map<string, HubFile[]> {
  return Map.groupBy(preferred(files), (file) => splitOfPath(file.path));
}

/** One format only: a repository that has its rows as Parquet and as CSV has them twice. */
function preferred(files: readonly HubFile[]): readonly HubFile[] {
  for (const pattern of [/\.parquet$/i, /\.(jsonl|ndjson)(\.gz)?$/i, /\.csv(\.gz)?$/i, /\.tsv(\.gz)?$/i]) {
    const some = files.filter((file) => pattern.test(file.path));
    if (some.length > 0) return some;
  }
  return files;
}

/** `<config>/<split>/0000.parquet` on the hub's own branch. */
async function copiedFiles(
  hub: Hub,
  repository: HubRepository,
  wanted: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Found | undefined> {
  const commit = await hub.resolve(repository, parquetBranch, signal).catch((thrown: unknown) => {
    if (thrown instanceof BancadaError && thrown.code === 'UNKNOWN_NAME') return undefined;
    throw thrown;
  });
  if (commit === undefined) return undefined;
  const files = (await hub.list(repository, commit, signal)).filter((file) => /\.parquet$/i.test(file.path));
  const configs = [...new Set(files.map((file) => file.path.split('/')[0] ?? ''))];
  const config = wanted ?? (configs.includes('default') ? 'default' : configs[0]);
  const own = files.filter((file) => file.path.split('/')[0] === config);
  if (configs.length === 0) return undefined;
  if (own.length === 0) throw unknownName('config', config ?? '', configs, { key: 'config' });
  const splits = Map.groupBy(own, (file) => {
    const [, split = ''] = file.path.split('/');
    return split.replace(/^partial-/, '').replace(/-\d+-of-\d+\.parquet$|\.parquet$/, '');
  });
  return { commit, config, splits };
}

function chosen(
  splits: ReadonlyMap<string, readonly HubFile[]>,
  wanted: string | undefined,
  repo: string,
): ReadonlyMap<string, readonly HubFile[]> {
  if (wanted === undefined) return splits;
  const files = splits.get(wanted);
  if (files !== undefined) return new Map([[wanted, files]]);
  throw unknownName(`split of ${repo}`, wanted, [...splits.keys()], { key: 'split' });
}

function noFiles(repo: string, files: readonly HubFile[]): BancadaError {
  const script = files.find((file) => file.path.endsWith('.py'));
  return new BancadaError('FILE_NOT_FOUND', 'the repository holds no data file', {
    key: 'repo',
    value: repo,
    allowed: '.parquet, .jsonl, .json, .csv and .tsv files',
    hint: script && `Its rows are made by ${script.path}, a program, which is never run here`,
  });
}
