// Names of the hub: repositories, revisions and the paths of their files, checked before they become addresses and folders.
import { BancadaError } from '../errors.ts';

/** A repository of the hub. */
export interface HubRepository {
  readonly type: 'model' | 'dataset';
  /** `organisation/name`, or `name` alone for the oldest ones. */
  readonly name: string;
}

/** A file of a commit. */
export interface HubFile {
  /** Inside the repository, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Git's id of the file's content. */
  readonly oid: string;
  /** SHA-256 of the content, hex; known of files in large file storage. */
  readonly sha256: string | undefined;
}

const namePattern = /^[A-Za-z0-9_][\w.-]{0,95}(\/[A-Za-z0-9_][\w.-]{0,95})?$/;
const revisionPattern = /^[A-Za-z0-9_][\w./-]{0,254}$/;
const commitPattern = /^[0-9a-f]{40}$/;

/** @throws BancadaError INVALID_INPUT (key `repo`). */
export function checkRepository({ name }: HubRepository): void {
  if (namePattern.test(name) && !name.includes('..') && !name.includes('--')) return;
  throw new BancadaError('INVALID_INPUT', 'not the name of a repository', {
    key: 'repo',
    value: name,
    allowed: 'organisation/name, as in the address of its page',
  });
}

/** @throws BancadaError INVALID_INPUT (key `revision`). */
export function checkRevision(revision: string): void {
  if (revisionPattern.test(revision) && !revision.includes('..') && !revision.endsWith('/')) return;
  throw new BancadaError('INVALID_INPUT', 'not a revision', {
    key: 'revision',
    value: revision,
    allowed: 'a branch, a tag or a commit of 40 hexadecimal digits',
  });
}

/** Whether a revision is a whole commit already. */
export function isCommit(revision: string): boolean {
  return commitPattern.test(revision);
}

/** @throws BancadaError INVALID_INPUT: a path that the hub names must not lead out of the cache. */
export function checkPath(path: string): void {
  const parts = path.split('/');
  const wrong = parts.some((part) => part === '' || part === '.' || part === '..') || /[\\\0]/.test(path);
  if (!wrong && !/^[A-Za-z]:/.test(path)) return;
  throw new BancadaError('INVALID_INPUT', 'leads out of its repository', {
    key: 'path',
    value: path,
    allowed: 'a path inside the repository',
  });
}
