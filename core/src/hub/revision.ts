// The commit behind a branch or a tag.
import { datasetInfo, modelInfo } from '@huggingface/hub';
import { BancadaError } from '../errors.ts';
import { fetchUnder, type HubAccess } from './hub-access.ts';
import { HubUnreachable } from './hub-fetch.ts';
import { asking } from './hub-refusal.ts';
import { checkRevision, type HubRepository, isCommit } from './repository.ts';

/** Asks the hub, and the cache when it cannot be reached. @throws BancadaError as {@link asking}, INVALID_INPUT (key `revision`). */
export async function resolveRevision(
  access: HubAccess,
  repository: HubRepository,
  revision: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  checkRevision(revision);
  const { cache, endpoint } = access;
  if (isCommit(revision) && (await cache.readFiles(repository, revision)) !== undefined) return revision;
  const wanted = {
    name: repository.name,
    revision,
    hubUrl: endpoint,
    additionalFields: ['sha' as const],
    fetch: fetchUnder(access, signal),
  };
  const ask = async () =>
    repository.type === 'dataset' ? (await datasetInfo(wanted)).sha : (await modelInfo(wanted)).sha;
  try {
    const commit: unknown = await asking(repository, revision, ask);
    if (typeof commit !== 'string' || !isCommit(commit)) {
      throw new BancadaError('ENDPOINT_FAILED', 'the hub named no commit', { key: 'repo', value: commit });
    }
    await cache.writeRevision(repository, revision, commit);
    return commit;
  } catch (thrown) {
    if (!(thrown instanceof HubUnreachable)) throw thrown;
    const remembered = await cache.readRevision(repository, revision);
    if (remembered === undefined) throw thrown;
    return remembered;
  }
}
