// Folders of registered models: made, described, read again; nothing outside the home is reached by name, path or link.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import { readGgufMetadata } from './gguf-metadata.ts';
import {
  bringFile,
  makeModelFolder,
  pathUnderHome,
  removeModelFolder,
  writeManifest,
} from './model-folder.ts';
import { resolveModel } from './open.ts';

const tiny = path.resolve(import.meta.dirname, '../../../data/models/bancada-tiny/bancada-tiny.gguf');
let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-models-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

it('a registered folder is found by name, with the options that were written', async () => {
  const folder = await makeModelFolder(home, 'mine');
  const file = await bringFile(tiny, folder);
  await writeManifest(folder, {
    kind: 'language',
    source: 'hf:org/repo@abc',
    variants: { default: { provider: 'llama-cpp', file, threads: 1 } },
  });
  const context = {
    homes: [home],
    baseDirectory: home,
    secret: () => undefined,
    network: unrestrictedNetwork,
  };
  expect(await resolveModel('mine', context)).toMatchObject({
    provider: 'llama-cpp',
    options: { file: 'bancada-tiny.gguf', threads: 1 },
  });
  await expect(makeModelFolder(home, 'mine')).rejects.toMatchObject({ code: 'DUPLICATE_NAME' });
  await removeModelFolder(home, 'mine');
  expect(existsSync(folder)).toBe(false);
});

it('a manifest that would be refused is not written', async () => {
  const folder = await makeModelFolder(home, 'mine');
  await expect(writeManifest(folder, { kind: 'language', variants: {} })).rejects.toThrow(/variants/);
  expect(existsSync(path.join(folder, 'model.yaml'))).toBe(false);
});

describe('security: paths: models', () => {
  it.each(['../../etc/passwd', 'a/b', '..', '.hidden', 'a\0b', '', 'x'.repeat(101), 'file:///etc/passwd'])(
    'the name %j is refused',
    async (name) => {
      await expect(makeModelFolder(home, name)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        detail: { key: 'name', value: name },
      });
    },
  );

  it.each(['../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', 'https://example.org/x.gguf'])(
    'the path %s is refused with the reason',
    async (given) => {
      await expect(pathUnderHome(home, given)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        detail: { key: 'path', value: given, allowed: expect.stringContaining(home) },
      });
    },
  );

  it('a link that leads out of the home is refused, as a file, as a folder and as models/ itself', async () => {
    await mkdir(path.join(home, 'models'));
    await symlink('/etc/passwd', path.join(home, 'models', 'leak.gguf'));
    await symlink('/etc', path.join(home, 'models', 'etc'));
    await expect(pathUnderHome(home, 'models/leak.gguf')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(pathUnderHome(home, 'models/etc/passwd')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(makeModelFolder(home, 'etc')).rejects.toMatchObject({ code: 'DUPLICATE_NAME' });
    await removeModelFolder(home, 'etc');
    expect(existsSync('/etc/passwd')).toBe(true);
    await rm(path.join(home, 'models'), { recursive: true });
    await symlink(tmpdir(), path.join(home, 'models'));
    await expect(makeModelFolder(home, 'mine')).rejects.toThrow(/leads out of the home/);
  });
});

describe('metadata of a GGUF file', () => {
  it('is read from the file', async () => {
    const found = await readGgufMetadata(tiny);
    expect(found).toMatchObject({ architecture: 'llama', tokenizer: expect.any(String) });
    expect(found.parameters).toBeGreaterThan(100_000);
    expect(found.contextLength).toBeGreaterThan(100);
    expect(found.vocabulary).toBeGreaterThan(100);
    expect(found.quantisation).toMatch(/^[A-Z0-9_]+$/);
  });

  it('a cut or foreign file is refused', async () => {
    const cut = path.join(home, 'cut.gguf');
    await writeFile(cut, await readFile(tiny));
    await truncate(cut, 4000);
    await expect(readGgufMetadata(cut)).rejects.toThrow(/truncated/);
    await writeFile(cut, 'hello');
    await expect(readGgufMetadata(cut)).rejects.toThrow(/not a GGUF/);
  });
});
