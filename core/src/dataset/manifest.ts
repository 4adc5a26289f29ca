// dataset.yaml: what a data set's folder says about itself.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { BancadaError } from '../errors.ts';
import { checked, locate, parseYaml } from '../yaml.ts';

/** Names of data sets, models and corpora: they are folder names and part of addresses. */
export const slugPattern = /^[a-z0-9][a-z0-9._-]{0,99}$/i;

const splitSchema = z
  .union([
    z.string(),
    z.strictObject({
      file: z.string().optional(),
      files: z.array(z.string()).min(1).optional(),
      rows: z.int().min(0).optional(),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'not a SHA-256: 64 hexadecimal digits')
        .optional(),
    }),
  ])
  .transform((split) => (typeof split === 'string' ? { file: split } : split));

const manifestSchema = z.strictObject({
  name: z.string().regex(slugPattern, 'not a name: letters, digits, ".", "_" and "-"'),
  description: z.string().optional(),
  licence: z.string().optional(),
  license: z.string().optional(),
  source: z.string().optional(),
  format: z.string().optional(),
  field: z.string().optional(),
  version: z.int().min(1).optional(),
  splits: z.record(z.string(), splitSchema),
  fields: z.union([z.record(z.string(), z.unknown()), z.array(z.string())]).optional(),
});

/** What {@link readManifest} gives. */
export interface Manifest extends z.output<typeof manifestSchema> {
  /** The manifest's own path. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads dataset.yaml; undefined when the folder has none.
 * @param expected the name that it has to give: the folder's own, unless it is a kept version's.
 * @throws BancadaError with file, line and key; the name must be the expected one.
 */
export async function readManifest(
  folder: string,
  expected = path.basename(folder),
): Promise<Manifest | undefined> {
  const file = path.join(folder, 'dataset.yaml');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = checked(manifestSchema, parseYaml(text, file, { uniqueKeys: true }), { file, text });
  if (manifest.name !== expected) {
    throw new BancadaError('INVALID_INPUT', 'name differs from the folder', {
      file,
      line: locate(text, ['name']),
      key: 'name',
      value: manifest.name,
      allowed: expected,
    });
  }
  for (const [name, split] of Object.entries(manifest.splits)) {
    if ((split.file === undefined) !== (('files' in split ? split.files : undefined) === undefined)) continue;
    throw new BancadaError('INVALID_INPUT', 'names either "file" or "files"', {
      file,
      line: locate(text, ['splits', name]),
      key: `splits.${name}`,
    });
  }
  return { ...manifest, file, text };
}
