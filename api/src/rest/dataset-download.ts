// GET /api/v1/datasets/{name}/download: the files of a version, as they are or as another format.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BancadaError, type Dataset, openDataset, type Row } from '@bancada/core';
import type { SplitFacts } from '@bancada/prisma';
import { stringify } from 'csv-stringify';
import { z } from 'zod';
import { checkedInput } from './checked-input.ts';
import { Problem } from './problem.ts';
import type { Exchange, Route } from './route.ts';

const querySchema = z.object({
  version: z.coerce.number().int().min(1).optional().describe('Number of the version; the newest by default'),
  split: z.string().optional().describe('Name of the split; the first by default'),
  format: z
    .enum(['original', 'jsonl', 'csv'])
    .default('original')
    .describe('The file as it was given, or its rows as another format'),
  escape: z
    .enum(['formula', 'none'])
    .default('formula')
    .describe('CSV: cells that a spreadsheet would read as a formula get a leading apostrophe'),
});

/** `?version=&split=&format=original|jsonl|csv`. */
export const datasetDownloadRoute: Route = {
  method: 'GET',
  path: '/api/v1/datasets/:name/download',
  scope: 'read',
  doc: {
    summary: 'The rows of a split as a file',
    tag: 'data sets',
    path: { name: 'Name of a registered data set' },
    query: querySchema,
    answers: {
      200: {
        description: 'Streamed',
        content: {
          'application/jsonl': 'text',
          'text/csv': 'text',
          'application/json': z.json(),
          'application/vnd.apache.parquet': 'binary',
        },
      },
    },
    problems: [400, 404, 409, 422],
  },
  handle: download,
};

const contentTypes: Readonly<Record<string, string>> = {
  jsonl: 'application/jsonl',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  parquet: 'application/vnd.apache.parquet',
};

async function download({ url, parameters, response, services }: Exchange): Promise<void> {
  const query = checkedInput(querySchema, Object.fromEntries(url.searchParams));
  const { version, split: wanted, format, escape: escaping } = query;
  const name = parameters.name ?? '';
  const registered = await services.prisma.dataset.findUnique({
    where: { name },
    include: { versions: { orderBy: { version: 'desc' } } },
  });
  if (registered === null) throw new Problem(404, `there is no data set ${name}`);
  const dataset = await open(version === undefined ? name : `${name}@${version}`, services.homes);
  const split = dataset.splits.find((one) => one.name === (wanted ?? dataset.splits[0]?.name));
  if (split === undefined) {
    const known = dataset.splits.map((one) => one.name).join(', ');
    throw new Problem(404, `data set ${name} has no split ${wanted}; it has ${known}`);
  }
  const [file = ''] = split.files;
  const extension = format === 'original' ? path.extname(file).slice(1) : format;
  if (format === 'original' && split.files.length > 1) {
    throw new Problem(409, `the split lies in ${split.files.length} files: ask for format=jsonl or csv`);
  }
  const stem = [name, dataset.version && `v${dataset.version}`, split.name].filter(Boolean).join('-');
  response.setHeader('content-type', contentTypes[extension] ?? 'application/octet-stream');
  response.setHeader('content-disposition', `attachment; filename="${stem}.${extension}"`);
  response.setHeader('etag', `"${split.sha256}-${format}"`);
  if (format !== 'original') {
    const rowsOfVersion = registered.versions.find((one) => one.version === (version ?? one.version));
    const facts = (rowsOfVersion?.splits ?? []) as unknown as SplitFacts[];
    const columns = facts.find((one) => one.name === split.name)?.columns;
    return sendRows(dataset.rows(split.name), format, { columns, escapes: escaping === 'formula' }, response);
  }
  response.setHeader('content-length', (await stat(file)).size);
  await pipeline(createReadStream(file), response);
}

interface CsvOptions {
  /** Of all rows; those of the first one when they are not known. */
  readonly columns: readonly string[] | undefined;
  readonly escapes: boolean;
}

async function sendRows(
  rows: AsyncIterable<Row>,
  format: 'jsonl' | 'csv',
  { columns, escapes }: CsvOptions,
  response: ServerResponse,
): Promise<void> {
  if (format === 'jsonl') return pipeline(Readable.from(jsonLines(rows)), response);
  const cast = { object: (value: object) => JSON.stringify(value), boolean: String };
  const csv = stringify({ escape_formulas: escapes, cast });
  return pipeline(Readable.from(csvRecords(rows, columns)), csv, response);
}

async function* jsonLines(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* csvRecords(
  rows: AsyncIterable<Row>,
  known: readonly string[] | undefined,
): AsyncGenerator<unknown[]> {
  let columns = known;
  let begun = false;
  for await (const row of rows) {
    columns ??= Object.keys(row);
    if (!begun) yield [...columns];
    begun = true;
    yield columns.map((column) => row[column]);
  }
}

async function open(reference: string, homes: readonly string[]): Promise<Dataset> {
  try {
    return await openDataset(reference, homes);
  } catch (thrown) {
    if (thrown instanceof BancadaError && thrown.code === 'UNKNOWN_NAME')
      throw new Problem(404, thrown.message);
    if (thrown instanceof BancadaError) throw new Problem(422, thrown.message);
    throw thrown;
  }
}
