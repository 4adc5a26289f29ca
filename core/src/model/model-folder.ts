// The folder of a model that somebody registers: made under a home's `models/`, described by a model.yaml, never left half made.
import { copyFile, link, lstat, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dump } from 'js-yaml';
import { inside } from '../dataset/data-folder.ts';
import { BancadaError } from '../errors.ts';
import { checked } from '../yaml.ts';
import { type ManifestInput, manifestSchema, modelNamePattern } from './model-manifest.ts';

/**
 * Makes `<home>/models/<name>/`, empty.
 * @throws BancadaError INVALID_INPUT (not a name, `models/` leads out of the home), DUPLICATE_NAME.
 */
export async function makeModelFolder(home: string, name: string): Promise<string> {
  checkModelName(name);
  const models = await modelsFolder(home);
  const folder = path.join(models, name);
  if (await exists(folder)) {
    throw new BancadaError('DUPLICATE_NAME', 'there is a model of this name', {
      key: 'name',
      value: name,
      hint: `Choose another name, or delete ${path.join('models', name)} first`,
    });
  }
  await mkdir(folder);
  return folder;
}

/** Writes the folder's model.yaml at once. @throws BancadaError naming the key that is wrong. */
export async function writeManifest(folder: string, manifest: ManifestInput): Promise<void> {
  const file = path.join(folder, 'model.yaml');
  const text = dump(checked(manifestSchema, { ...manifest, name: path.basename(folder) }, { file }), {
    lineWidth: 120,
    skipInvalid: true,
  });
  await writeFile(`${file}.new`, text, { mode: 0o644 });
  await rename(`${file}.new`, file);
}

/** Deletes `<home>/models/<name>/` with all its files; a link is deleted, not what it leads to. */
export async function removeModelFolder(home: string, name: string): Promise<void> {
  checkModelName(name);
  await rm(path.join(await modelsFolder(home), name), { recursive: true, force: true });
}

/**
 * The real path of a weights file or model folder that lies under the home.
 * @throws BancadaError INVALID_INPUT when it leads out of the home (also through a link), FILE_NOT_FOUND.
 */
export async function pathUnderHome(home: string, given: string): Promise<string> {
  if (/^[a-z][a-z0-9+.-]+:/i.test(given)) {
    throw new BancadaError('INVALID_INPUT', 'an address is no path', {
      key: 'path',
      value: given,
      allowed: `a path inside ${home}`,
    });
  }
  try {
    return await inside(home, given);
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    throw new BancadaError(thrown.code, 'not a file of the home', {
      key: 'path',
      value: given,
      allowed: `a path inside ${home}, links resolved`,
    });
  }
}

/** Puts a file that lies elsewhere into the folder: as a hard link where the file system allows it, else as a copy. */
export async function bringFile(
  source: string,
  folder: string,
  name = path.basename(source),
): Promise<string> {
  const target = path.join(folder, name);
  await rm(target, { force: true });
  await link(source, target).catch(() => copyFile(source, target));
  return name;
}

/** @throws BancadaError INVALID_INPUT for what is no name of a model. */
export function checkModelName(name: string): void {
  if (modelNamePattern.test(name)) return;
  throw new BancadaError('INVALID_INPUT', 'not a name for a model', {
    key: 'name',
    value: name,
    allowed: 'letters, digits, ".", "_" and "-", at most 100, beginning with a letter or digit',
  });
}

// Somebody may have made models/ a link: that is their right on the machine, but nothing is written through it.
async function modelsFolder(home: string): Promise<string> {
  const models = path.join(home, 'models');
  await mkdir(models, { recursive: true });
  if ((await realpath(models)) !== path.join(await realpath(home), 'models')) {
    throw new BancadaError('INVALID_INPUT', 'leads out of the home', {
      file: models,
      allowed: 'a folder, no link',
    });
  }
  return models;
}

async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined)) !== undefined;
}

/** Whether a path is a folder. */
export async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isDirectory() ?? false;
}
