// POST /api/v1/datasets: a data file becomes a data set, or a new version of one.
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { BancadaError, checkDatasetName, checkSplitName } from '@bancada/core';
import { appendActivity, publishDataset } from '@bancada/prisma';
import { z } from 'zod';
import type { Services } from '../context.ts';
import { isAllowedOrigin } from '../origin.ts';
import { checkDeclaredLength } from '../upload/byte-limit.ts';
import { formatOf } from '../upload/data-format.ts';
import { receiveFile } from '../upload/receive-file.ts';
import { openStaging } from '../upload/staging.ts';
import { readForm } from '../upload/upload-form.ts';
import { Problem } from './problem.ts';
import { type Exchange, type Route, sendJson } from './route.ts';

const fields = ['name', 'split', 'description', 'licence'];
// A client that is still sending hears the answer only if somebody reads on for a while.
const drainBytes = 256 * 1024 * 1024;
const drainMs = 20_000;

const formSchema = z.object({
  file: z.string().meta({
    format: 'binary',
    description: '.jsonl, .json, .csv, .tsv or .parquet, or one of them with .gz',
  }),
  name: z
    .string()
    .describe('Name of the data set: letters, digits, ".", "_" and "-"; one that exists gets a new version'),
  split: z
    .string()
    .default('test')
    .describe('Split that the file becomes; the others of the newest version stay'),
  description: z.string().optional(),
  licence: z.string().optional(),
});

const uploadedSchema = z.object({
  name: z.string(),
  version: z.int().describe('Number of the version, from 1'),
  split: z.string(),
  format: z.enum(['jsonl', 'json', 'csv', 'parquet']),
  rows: z.int(),
  columns: z.array(z.string()).describe('In the order in which they first occur'),
  bytes: z.int().describe('Of the file, unpacked'),
  sha256: z.string().describe('Of the file, unpacked, hex'),
  created: z.boolean().describe('False when the newest version holds the very same: nothing was written'),
});

/** What the answer tells. */
type Uploaded = z.output<typeof uploadedSchema>;

const answer = {
  content: { 'application/json': uploadedSchema },
  headers: { location: 'Where the rows are' },
};

/** Multipart: `file`, `name`, and optionally `split` (test), `description`, `licence`. */
export const datasetUploadRoute: Route = {
  method: 'POST',
  path: '/api/v1/datasets',
  scope: 'write',
  doc: {
    summary: 'Upload a data set, or a new version of one',
    description:
      'Streamed. The file is refused whole at its first bad record, with `line` and `column` in the problem; nothing half-made is left.',
    tag: 'data sets',
    body: { description: 'The file and what it is', content: { 'multipart/form-data': formSchema } },
    answers: {
      201: { description: 'A new version', ...answer },
      200: { description: 'The newest version holds the very same', ...answer },
    },
    problems: [400, 403, 409, 413, 415, 422, 507],
  },
  handle: upload,
};

async function upload({ request, response, services }: Exchange): Promise<void> {
  try {
    const uploaded = await take(request, services);
    if (uploaded.created) await appendActivity(services.pool, { kind: 'dataset.changed' });
    const location = `/api/v1/datasets/${uploaded.name}/rows?split=${uploaded.split}`;
    sendJson(response, uploaded.created ? 201 : 200, uploaded, { location });
  } catch (thrown) {
    drain(request);
    throw thrown;
  }
}

async function take(request: IncomingMessage, services: Services): Promise<Uploaded> {
  if (!isAllowedOrigin(request)) throw new Problem(403, 'the request comes from another site');
  const { prisma, uploadLimit, homes } = services;
  checkDeclaredLength(request, uploadLimit);
  const home = homes[0] ?? '.';
  await using staging = await openStaging(home);
  const form = await readForm(request, {
    fields,
    check: checkField,
    receive: async (stream, fileName) => {
      const format = formatOf(fileName);
      const file = path.join(staging.directory, `upload${format.extension}`);
      const received = await receiveFile(stream, { file, shownAs: fileName, format, limit: uploadLimit });
      return { ...received, extension: format.extension, format: format.reader };
    },
  });
  const { name, split = 'test', description, licence } = form.fields;
  if (name === undefined || name === '') throw wrongField('name', 'is missing', null);
  const { file, extension, format, rows, columns, sha256, bytes } = form.file;
  const splits = [{ name: split, rows, columns, sha256, files: [{ file, extension, rows }] }];
  const draft = { name, description, licence, source: 'uploaded', splits, keepOthers: true };
  const { version, created } = await publishDataset(prisma, home, draft).catch((thrown: unknown) => {
    throw problemOf(thrown);
  });
  const told = { name, version: version.version, split, format, rows, bytes, sha256, created };
  return { ...told, columns: [...columns] };
}

function checkField(field: string, value: string): void {
  try {
    if (field === 'name') checkDatasetName(value);
    if (field === 'split') checkSplitName(value);
  } catch (thrown) {
    throw problemOf(thrown);
  }
}

function problemOf(thrown: unknown): unknown {
  if (!(thrown instanceof BancadaError)) return thrown;
  const { code, message, detail } = thrown;
  if (code === 'DUPLICATE_NAME') return new Problem(409, message);
  return wrongField(detail.key ?? 'name', message, detail.value ?? null);
}

function wrongField(field: string, message: string, value: unknown): Problem {
  const text = message.startsWith(field) ? message : `${field}: ${message}`;
  return new Problem(422, text, { issues: [{ path: field, message: text, value }] });
}

function drain(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let read = 0;
  const end = () => request.destroy();
  const timer = setTimeout(end, drainMs);
  request.on('data', (chunk: Buffer) => {
    read += chunk.byteLength;
    if (read > drainBytes) end();
  });
  request.on('close', () => clearTimeout(timer));
  request.resume();
}
