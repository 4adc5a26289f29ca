// Which models are registered in the homes.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { inside } from '../dataset/data-folder.ts';
import { toError } from '../errors.ts';
import { type ModelKind, readManifest } from './model-manifest.ts';

/** One line of a listing. */
export interface ModelEntry {
  readonly name: string;
  readonly kind: ModelKind | undefined;
  /** Variant names, the default first. */
  readonly variants: readonly string[];
  readonly parameters: number | undefined;
  readonly description: string | undefined;
  readonly licence: string | undefined;
  readonly directory: string;
  /** What is wrong with it, when its manifest cannot be read. */
  readonly fault: string | undefined;
}

/** Every model of the homes, by name; of equal names the first home's. One whose manifest is faulty is listed with its fault. */
export async function listModels(homes: readonly string[]): Promise<ModelEntry[]> {
  const found = new Map<string, ModelEntry>();
  for (const home of homes) {
    for (const name of await modelFolders(home)) {
      if (found.has(name)) continue;
      const entry = await describe(name, path.join(home, 'models', name));
      if (entry) found.set(name, entry);
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names of the folders (and links to such) under a home's `models/`. */
export async function modelFolders(home: string): Promise<string[]> {
  const entries = await readdir(path.join(home, 'models'), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map((entry) => entry.name);
}

async function describe(name: string, directory: string): Promise<ModelEntry | undefined> {
  try {
    const manifest = await readManifest(await inside(path.dirname(directory), name));
    if (manifest === undefined) return undefined;
    const { kind, parameters, description, licence } = manifest;
    const variants = Object.keys(manifest.variants);
    return { name, kind, variants, parameters, description, licence, directory, fault: undefined };
  } catch (thrown) {
    const fault = toError(thrown).message;
    const unknown = { kind: undefined, parameters: undefined, description: undefined, licence: undefined };
    return { name, variants: [], directory, fault, ...unknown };
  }
}
