// corpus.yaml: what a corpus's folder says about itself.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { slugPattern } from '../dataset/manifest.ts';
import { BancadaError } from '../errors.ts';
import { checked, locate, parseYaml } from '../yaml.ts';

const corpusSchema = z.strictObject({
  name: z.string().regex(slugPattern, 'not a name: letters, digits, ".", "_" and "-"'),
  description: z.string().optional(),
  licence: z.string().optional(),
  license: z.string().optional(),
  source: z.string().optional(),
  files: z.array(z.string().min(1)).min(1).describe('paths or globs inside the folder'),
  text_field: z.string().min(1).default('text'),
  id_field: z.string().min(1).default('id'),
  title_field: z.string().min(1).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'not a SHA-256: 64 hexadecimal digits')
    .optional(),
});

/** What {@link readCorpusManifest} gives. */
export interface CorpusManifest extends z.output<typeof corpusSchema> {
  /** The manifest's own path. */
  readonly file: string;
  /** The YAML itself. */
  readonly yaml: string;
}

/**
 * Reads the corpus.yaml of a folder.
 * @throws BancadaError FILE_NOT_FOUND, or with file, line and key what is wrong; the name must be the folder's.
 */
export async function readCorpusManifest(folder: string): Promise<CorpusManifest> {
  const file = path.join(folder, 'corpus.yaml');
  const yaml = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new BancadaError('FILE_NOT_FOUND', 'a corpus folder without corpus.yaml', { file, cause });
  });
  const manifest = checked(corpusSchema, parseYaml(yaml, file, { uniqueKeys: true }), { file, text: yaml });
  const expected = path.basename(folder);
  if (manifest.name !== expected) {
    throw new BancadaError('INVALID_INPUT', 'name differs from the folder', {
      file,
      line: locate(yaml, ['name']),
      key: 'name',
      value: manifest.name,
      allowed: expected,
    });
  }
  return { ...manifest, file, yaml };
}
