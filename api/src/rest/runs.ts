// /api/v1/runs: summaries, one by one or by the page, and how a script starts a run.
import { unknownName } from '@bancada/core';
import type { Prisma, Run } from '@bancada/prisma';
import { isMap, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Services } from '../context.ts';
import { createRun } from '../run-creation.ts';
import { decodeCursor, encodeCursor } from '../schema/connection.ts';
import { CapabilityError, ConflictError, NotFoundError, ValidationError } from '../schema/error.ts';
import { metricsOf } from '../schema/metric.ts';
import { checkRun } from '../schema/run-input.ts';
import { readBody } from './body.ts';
import { checkedInput } from './checked-input.ts';
import { Problem } from './problem.ts';
import { type Exchange, type Route, sendJson } from './route.ts';
import { newRunSchema, runSchema, runSummarySchema } from './run-form.ts';
import { runOfPath, runPath } from './run-of-request.ts';

const listQuerySchema = z.object({
  first: z.coerce.number().int().min(1).max(200).default(50).describe('Runs on a page'),
  after: z.string().optional().describe('Cursor of a page before, as in its `Link`'),
});

/** `GET /runs`, `GET /runs/{id}`, `POST /runs`. */
export const runRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/runs',
    scope: 'read',
    doc: {
      summary: 'Runs, latest first',
      tag: 'runs',
      query: listQuerySchema,
      answers: {
        200: {
          description: 'A page',
          content: { 'application/json': z.array(runSummarySchema) },
          headers: { link: '`<…>; rel="next"` while there are more' },
        },
      },
      problems: [400],
    },
    handle: listRuns,
  },
  {
    method: 'GET',
    path: '/api/v1/runs/:id',
    scope: 'read',
    doc: {
      summary: 'One run with its evaluations and metrics',
      tag: 'runs',
      path: runPath,
      answers: { 200: { description: 'The run', content: { 'application/json': runSchema } } },
      problems: [404],
    },
    handle: showRun,
  },
  {
    method: 'POST',
    path: '/api/v1/runs',
    scope: 'write',
    doc: {
      summary: 'Start a run',
      tag: 'runs',
      headers: z.object({
        'idempotency-key': z.string().optional().describe('A request with the same key starts nothing new'),
      }),
      body: { description: 'What to run', content: { 'application/json': newRunSchema } },
      answers: {
        202: {
          description: 'It is queued',
          content: { 'application/json': runSummarySchema },
          headers: { location: 'Path of the run' },
        },
      },
      problems: [400, 403, 404, 409, 413, 415, 422],
    },
    handle: postRun,
  },
];

async function listRuns({ url, response, services }: Exchange): Promise<void> {
  const { first, after } = checkedInput(listQuerySchema, Object.fromEntries(url.searchParams));
  const key = cursorOf(after ?? null);
  const rows = await services.prisma.run.findMany({
    where: key ? { OR: [{ createdAt: { lt: key[0] } }, { createdAt: key[0], id: { lt: key[1] } }] } : {},
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: first + 1,
  });
  const page = rows.slice(0, first);
  const last = page.at(-1);
  const headers: Record<string, string> = {};
  if (rows.length > first && last !== undefined) {
    const next = new URL(url);
    next.searchParams.set('after', encodeCursor([last.createdAt, last.id]));
    headers.link = `<${next.pathname}${next.search}>; rel="next"`;
  }
  sendJson(response, 200, page.map(summary), headers);
}

function cursorOf(after: string | null): readonly [string, string] | undefined {
  try {
    return decodeCursor(after, z.tuple([z.iso.datetime(), z.uuid()]));
  } catch {
    throw new Problem(400, 'after: no cursor of this list');
  }
}

async function showRun(exchange: Exchange): Promise<void> {
  const run = await runOfPath(exchange);
  const evaluations = await exchange.services.prisma.evaluation.findMany({
    where: { runId: run.id },
    include: { metrics: true },
    orderBy: { position: 'asc' },
  });
  sendJson(exchange.response, 200, {
    ...summary(run),
    config: run.config,
    evaluations: evaluations.map(({ id, task, model, variant, status, error, planned, done, failed }) => {
      return { id, task, model, variant, status, error, planned, done, failed };
    }),
    metrics: evaluations.flatMap(metricsOf),
    gates: run.gates,
    warnings: run.warnings,
  });
}

async function postRun({ request, response, services, viewer }: Exchange): Promise<void> {
  const given = checkedInput(newRunSchema, await readBody(request));
  const named = isName(given.suite) ? await suiteByName(services, given.suite) : undefined;
  const key = request.headers['idempotency-key'];
  try {
    const asked = named ? { ...given, suite: undefined, suiteId: named } : given;
    const checked = await checkRun(services, asked);
    const run = await createRun(services, checked, typeof key === 'string' ? key : undefined, viewer.id);
    sendJson(response, 202, summary(run), { location: `/api/v1/runs/${run.id}` });
  } catch (thrown) {
    throw problemOf(thrown);
  }
}

// One line that is no YAML mapping is the name of a registered suite.
function isName(suite: string | undefined): suite is string {
  return suite !== undefined && !suite.includes('\n') && !isMap(parseDocument(suite).contents);
}

async function suiteByName({ prisma }: Services, name: string): Promise<string> {
  const suite = await prisma.suite.findUnique({ where: { name } });
  if (suite !== null) return suite.id;
  const known = await prisma.suite.findMany({
    select: { name: true },
    orderBy: { name: 'asc' },
    take: 1_000,
  });
  const names = known.map((one) => one.name);
  const { message } = unknownName('suite', name, names, { key: 'suite' });
  throw new Problem(404, message, { issues: [{ path: 'suite', message, value: name }] });
}

function problemOf(thrown: unknown): unknown {
  if (thrown instanceof ValidationError) return new Problem(422, thrown.message, { issues: thrown.issues });
  if (thrown instanceof CapabilityError) {
    return new Problem(422, thrown.message, { missing: thrown.missing, hint: thrown.hint });
  }
  if (thrown instanceof NotFoundError) return new Problem(404, thrown.message);
  if (thrown instanceof ConflictError) return new Problem(409, thrown.message);
  return thrown;
}

function summary(run: Run): Prisma.JsonObject {
  const { id, name, status, suiteId, limit, error, done, total, failed, rate } = run;
  return {
    id,
    name,
    status,
    suiteId,
    limit,
    error,
    progress: { done, total, failed, rate },
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}
