// The cache on disk, in the layout of Hugging Face's own tools: blobs by hash, snapshots that link to them, refs.
import { copyFile, mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkPath, type HubFile, type HubRepository } from './repository.ts';

/** The folders of each repository. */
export class HubCache {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The commit that a revision stood for when it was last asked. */
  async readRevision(repository: HubRepository, revision: string): Promise<string | undefined> {
    return readFile(path.join(this.#folder(repository), 'refs', revision), 'utf8').then(
      (text) => text.trim(),
      () => undefined,
    );
  }

  /** Keeps what a revision stands for. */
  async writeRevision(repository: HubRepository, revision: string, commit: string): Promise<void> {
    await writeWhole(path.join(this.#folder(repository), 'refs', revision), commit);
  }

  /** The files of a commit, as they were listed once: a commit never changes. */
  async readFiles(repository: HubRepository, commit: string): Promise<readonly HubFile[] | undefined> {
    return readFile(this.#listing(repository, commit), 'utf8').then(
      (text) => JSON.parse(text) as HubFile[],
      () => undefined,
    );
  }

  /** Keeps the list of a commit's files. */
  async writeFiles(repository: HubRepository, commit: string, files: readonly HubFile[]): Promise<void> {
    await writeWhole(this.#listing(repository, commit), JSON.stringify(files));
  }

  /** Where a file of a commit is found once it is there. @throws BancadaError INVALID_INPUT for a path that leads out. */
  snapshotPath(repository: HubRepository, commit: string, file: HubFile): string {
    checkPath(file.path);
    return path.join(this.#folder(repository), 'snapshots', commit, ...file.path.split('/'));
  }

  /** Where the content of a file is kept. */
  blobPath(repository: HubRepository, { sha256, oid }: HubFile): string {
    return path.join(this.#folder(repository), 'blobs', sha256 ?? oid);
  }

  /** Makes a whole blob appear as a file of a commit: a link, or a copy where the system has no links. */
  async link(blob: string, snapshot: string): Promise<void> {
    await mkdir(path.dirname(snapshot), { recursive: true });
    const target = path.relative(path.dirname(snapshot), blob);
    await symlink(target, snapshot).catch(async (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'EEXIST') return;
      await copyFile(blob, snapshot);
    });
  }

  #listing(repository: HubRepository, commit: string): string {
    return path.join(this.#folder(repository), 'trees', `${commit}.json`);
  }

  #folder({ type, name }: HubRepository): string {
    return path.join(this.#directory, [`${type}s`, ...name.split('/')].join('--'));
  }
}

/** Whether a file is there with its whole size. */
export async function isWhole(file: string, size: number): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile() && found.size === size,
    () => false,
  );
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}
