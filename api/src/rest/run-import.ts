// /api/v1/runs/import: runs that the command line made, sent as its results file.
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { importResults } from '../import/results-import.ts';
import { receiveFile } from '../import/upload.ts';
import { isAllowedOrigin } from '../origin.ts';
import { readForm } from '../upload/upload-form.ts';
import { Problem } from './problem.ts';
import { type Exchange, type Route, sendJson } from './route.ts';

const maxBytes = 8 * 1024 ** 3;
const mediaTypes = ['application/vnd.sqlite3', 'application/x-sqlite3', 'application/octet-stream'];

const querySchema = z.object({
  run: z.string().optional().describe('Id of one run of the file; all that have ended by default'),
});

const answerSchema = z.object({
  runs: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      outcome: z
        .enum(['imported', 'replaced', 'unchanged', 'skipped'])
        .describe('`replaced`: imported before, now with more; `skipped`: the run is not over'),
      samples: z.int().describe('Samples of the run that are here now'),
    }),
  ),
});

const formSchema = z.object({ file: z.string().meta({ format: 'binary' }) });

/** `POST /runs/import`; the body is the file, or a form with the file in it. */
export const runImportRoute: Route = {
  method: 'POST',
  path: '/api/v1/runs/import',
  scope: 'write',
  doc: {
    summary: "Take in the runs of the command line's results file",
    description:
      'With samples, scores, metrics, events and log. Checked whole: one wrong record and nothing is taken in. A run that is here already stays as it is, so sending a file twice does no harm.',
    tag: 'runs',
    query: querySchema,
    body: {
      description: 'A results.sqlite, at most 8 GiB',
      content: {
        ...Object.fromEntries(mediaTypes.map((type) => [type, 'binary'])),
        'multipart/form-data': formSchema,
      },
    },
    answers: {
      200: { description: 'Everything was here already', content: { 'application/json': answerSchema } },
      201: {
        description: 'Runs were taken in',
        content: { 'application/json': answerSchema },
        headers: { location: 'Path of the first of them' },
      },
    },
    problems: [400, 403, 404, 409, 413, 415, 422, 507],
  },
  handle: receiveRuns,
};

async function receiveRuns({ request, response, url, services, viewer }: Exchange): Promise<void> {
  if (!isAllowedOrigin(request)) throw new Problem(403, 'the request comes from another site');
  const directory = await mkdtemp(path.join(tmpdir(), 'bancada-import-'));
  try {
    const file = path.join(directory, 'results.sqlite');
    await take(request, file);
    const wanted = url.searchParams.get('run') ?? undefined;
    const runs = await importResults(services, file, wanted, viewer.id);
    const [first] = runs.filter(({ outcome }) => outcome === 'imported' || outcome === 'replaced');
    const headers = first === undefined ? {} : { location: `/api/v1/runs/${first.id}` };
    sendJson(response, first === undefined ? 200 : 201, { runs }, headers);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function take(request: IncomingMessage, file: string): Promise<void> {
  const declared = Number(request.headers['content-length'] ?? 0);
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaTypes.includes(type)) return receiveFile(request, file, maxBytes, declared);
  const allowed = [...mediaTypes, 'multipart/form-data'];
  if (type !== 'multipart/form-data') {
    throw new Problem(415, `"${type}" is not one of ${allowed.join(', ')}`, { allowed });
  }
  await readForm(request, {
    fields: [],
    check: () => undefined,
    receive: (stream) => receiveFile(stream, file, maxBytes, declared),
  });
}
