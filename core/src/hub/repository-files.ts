// The files of a commit, listed once and remembered.
import { listFiles } from '@huggingface/hub';
import { fetchUnder, type HubAccess } from './hub-access.ts';
import { asking } from './hub-refusal.ts';
import { checkPath, checkRevision, type HubFile, type HubRepository } from './repository.ts';

/** Sorted by path. @throws BancadaError as {@link asking}. */
export async function listRepositoryFiles(
  access: HubAccess,
  repository: HubRepository,
  commit: string,
  signal: AbortSignal | undefined,
): Promise<readonly HubFile[]> {
  checkRevision(commit);
  const known = await access.cache.readFiles(repository, commit);
  if (known !== undefined) return known;
  const files = await asking(repository, commit, () => ask(access, repository, commit, signal));
  await access.cache.writeFiles(repository, commit, files);
  return files;
}

async function ask(
  access: HubAccess,
  repository: HubRepository,
  commit: string,
  signal: AbortSignal | undefined,
): Promise<HubFile[]> {
  const files: HubFile[] = [];
  const entries = listFiles({
    repo: repository,
    revision: commit,
    recursive: true,
    hubUrl: access.endpoint,
    fetch: fetchUnder(access, signal),
  });
  for await (const { type, path, size, oid = '', lfs } of entries) {
    if (type !== 'file') continue;
    checkPath(path);
    // Both become file names of the cache.
    if (!/^[0-9a-f]{40,64}$/.test(lfs?.oid ?? oid)) throw new Error(`no hash of ${path}`);
    files.push({ path, size: lfs?.size ?? size, oid, sha256: lfs?.oid });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
