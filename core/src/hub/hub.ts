// The Hugging Face Hub, or a server that speaks its HTTP interface: revisions, file lists and files, through a cache on disk.
import { type Downloading, downloadFile } from './download.ts';
import { HubCache } from './hub-cache.ts';
import { openHubFetch } from './hub-fetch.ts';
import type { HubOptions } from './hub-options.ts';
import { checkRepository, type HubFile, type HubRepository } from './repository.ts';
import { listRepositoryFiles } from './repository-files.ts';
import { resolveRevision } from './revision.ts';

/** Reads repositories; what was read once is there without a network. */
export interface Hub {
  /**
   * The commit behind a branch, tag or commit; `main` by default. Without a network, what it was when last asked.
   * @throws BancadaError UNKNOWN_NAME (no such repository or revision), INVALID_INPUT (a malformed name; no permission), ENDPOINT_FAILED.
   */
  resolve(repository: HubRepository, revision?: string, signal?: AbortSignal): Promise<string>;
  /** The files of a commit, sorted by path. @throws BancadaError as `resolve`. */
  list(repository: HubRepository, commit: string, signal?: AbortSignal): Promise<readonly HubFile[]>;
  /**
   * The path of a file in the cache, downloaded if it is not there; a broken download goes on where it stopped.
   * Size and hash are checked before the file appears.
   * @throws BancadaError as `resolve`, and FILE_INVALID when what was sent is not what the hub announced.
   */
  download(
    repository: HubRepository,
    commit: string,
    file: HubFile,
    downloading?: Downloading,
  ): Promise<string>;
}

/** Opens a hub; nothing is asked yet. */
export function openHub(options: HubOptions): Hub {
  const fetch = openHubFetch(options);
  const cache = new HubCache(options.cacheDirectory);
  const access = { endpoint: options.endpoint, fetch, cache };
  return {
    async resolve(repository, revision = 'main', signal) {
      checkRepository(repository);
      return resolveRevision(access, repository, revision, signal);
    },
    async list(repository, commit, signal) {
      checkRepository(repository);
      return listRepositoryFiles(access, repository, commit, signal);
    },
    async download(repository, commit, file, downloading = {}) {
      checkRepository(repository);
      return downloadFile(access, repository, commit, file, downloading);
    },
  };
}
