// What a file is, by its name: which reader takes it, and whether it is packed.
import { datasetExtensions, datasetSources } from '@bancada/core';
import { Problem } from '../rest/problem.ts';

/** The format of an uploaded file. */
export interface DataFormat {
  /** A name of core's registry of data sources. */
  readonly reader: keyof typeof datasetSources;
  /** With the dot, without `.gz`. */
  readonly extension: string;
  readonly gzip: boolean;
}

/** @throws Problem 422 when no reader takes files of this name. */
export function formatOf(fileName: string): DataFormat {
  const gzip = /\.gz$/i.test(fileName);
  const bare = fileName.replace(/\.gz$/i, '');
  const extension = /\.[a-z0-9]+$/i.exec(bare)?.[0].toLowerCase() ?? '';
  const names = Object.keys(datasetSources) as (keyof typeof datasetSources)[];
  const reader = names.find((name) =>
    (datasetSources[name].extensions as readonly string[]).includes(extension),
  );
  if (reader !== undefined) return { reader, extension, gzip };
  const allowed = `${datasetExtensions.join(', ')}, each also with .gz`;
  const message = `no reader for files that end in "${extension}"; allowed: ${allowed}`;
  throw new Problem(422, message, { issues: [{ path: 'file', message, value: fileName }] });
}
