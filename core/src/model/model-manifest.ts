// model.yaml: what a model's folder says about itself, and the ways to load it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { BancadaError } from '../errors.ts';
import { checked, locate, parseYaml } from '../yaml.ts';

/** What a model may be called; also the name of its folder. */
export const modelNamePattern = /^[a-z0-9][a-z0-9._-]{0,99}$/i;

/** What may stand in a model.yaml. */
export const manifestSchema = z.strictObject({
  name: z.string().regex(modelNamePattern, 'not a name: letters, digits, ".", "_" and "-"'),
  kind: z.enum(['language', 'embedding', 'reranker']).default('language'),
  description: z.string().optional(),
  parameters: z.int().min(1).optional(),
  context_length: z.int().min(1).optional(),
  licence: z.string().optional(),
  /** Where the weights came from, e.g. `hf:org/repo@<commit>`. */
  source: z.string().optional(),
  languages: z.array(z.string()).optional(),
  /** Facts of an encoder that its provider must know, whatever the variant. */
  dimensions: z.int().min(1).optional(),
  pooling: z.enum(['mean', 'cls', 'none']).optional(),
  normalize: z.boolean().optional(),
  query_prefix: z.string().optional(),
  document_prefix: z.string().optional(),
  /** By variant name, the first being the default: a provider and its options. */
  variants: z
    .record(z.string(), z.looseObject({ provider: z.string() }))
    .refine((variants) => Object.keys(variants).length > 0, 'at least one variant'),
});

/** A model.yaml to be written; its name is the folder's. */
export type ManifestInput = Omit<z.input<typeof manifestSchema>, 'name'>;

/** What kind of question a model answers. */
export type ModelKind = 'language' | 'embedding' | 'reranker';

/** What {@link readManifest} gives. */
export interface ModelManifest extends z.output<typeof manifestSchema> {
  /** The manifest's own path. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads the model.yaml of a folder; undefined when it has none.
 * @throws BancadaError with file, line and key; the name must be the folder's.
 */
export async function readManifest(folder: string): Promise<ModelManifest | undefined> {
  const file = path.join(folder, 'model.yaml');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = checked(manifestSchema, parseYaml(text, file, { uniqueKeys: true }), { file, text });
  const expected = path.basename(folder);
  if (manifest.name !== expected) {
    throw new BancadaError('INVALID_INPUT', 'name differs from the folder', {
      file,
      line: locate(text, ['name']),
      key: 'name',
      value: manifest.name,
      allowed: expected,
    });
  }
  return { ...manifest, file, text };
}
