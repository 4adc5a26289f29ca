// Job: a unit of queued work, as graphile-worker keeps it.
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { countJobs, type Job as JobRow, listJobs } from '../job-list.ts';
import { countPage, decodeCursor, pageArguments, pageOf, pageSize } from './connection.ts';

const JobState = builder.enumType('JobState', {
  description: 'A job that failed and will be tried again is WAITING; FAILED has no tries left.',
  values: ['WAITING', 'RUNNING', 'FAILED'] as const,
});

const Job = builder.objectRef<JobRow>('Job').implement({
  authScopes: reads,
  fields: (t) => ({
    id: t.exposeID('id'),
    task: t.exposeString('task'),
    queue: t.exposeString('queue', { nullable: true }),
    state: t.expose('state', { type: JobState }),
    priority: t.exposeInt('priority'),
    attempts: t.exposeInt('attempts'),
    maxAttempts: t.exposeInt('maxAttempts'),
    runId: t.exposeID('runId', { nullable: true }),
    lastError: t.exposeString('lastError', { nullable: true }),
    runAt: t.expose('runAt', { type: 'DateTime' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lockedAt: t.expose('lockedAt', { type: 'DateTime', nullable: true }),
  }),
});

const JobConnection = builder.connectionObject(
  { type: Job, name: 'JobConnection', fields: (t) => ({ totalCount: t.int({ resolve: countPage }) }) },
  { name: 'JobEdge' },
);

builder.queryField('jobs', (t) =>
  t.field({
    type: JobConnection,
    authScopes: reads,
    description: 'Oldest first.',
    args: { state: t.arg({ type: JobState }), ...pageArguments },
    resolve: async (_root, args, { pool }) => {
      const key = decodeCursor(args.after, z.tuple([z.string().regex(/^\d+$/)]));
      const state = args.state ?? undefined;
      const rows = await listJobs(pool, { state, afterId: key?.[0], limit: pageSize(args) + 1 });
      return pageOf(
        rows,
        args,
        ({ id }) => [id],
        () => countJobs(pool, state),
      );
    },
  }),
);
