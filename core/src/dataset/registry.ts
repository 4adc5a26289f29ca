// The file formats that data sets may come in: one line each.
import path from 'node:path';
import { BancadaError, unknownName } from '../errors.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { parquet } from './parquet.ts';
import type { DatasetSource } from './source.ts';

/** Readers by name. */
export const datasetSources = { jsonl, json, csv, parquet } satisfies Record<string, DatasetSource>;

/** Every extension that some reader takes. */
export const datasetExtensions: readonly string[] = Object.values(datasetSources).flatMap(
  ({ extensions }) => extensions,
);

/**
 * The reader for a file: the named one, else by extension.
 * @throws BancadaError UNKNOWN_NAME, FILE_INVALID (extension that no reader takes).
 */
export function sourceFor(file: string, format?: string): DatasetSource {
  if (format !== undefined) {
    if (!Object.hasOwn(datasetSources, format))
      throw unknownName('data format', format, Object.keys(datasetSources));
    return datasetSources[format as keyof typeof datasetSources];
  }
  const extension = path.extname(file).toLowerCase();
  const found = Object.values(datasetSources).find(({ extensions }) => extensions.includes(extension));
  if (found) return found;
  throw new BancadaError('FILE_INVALID', `no reader for files that end in "${extension}"`, {
    file,
    allowed: datasetExtensions,
  });
}
