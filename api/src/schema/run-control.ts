// pauseRun, resumeRun, cancelRun, retryFailedSamples, deleteRun: what a person wants of a run; workers follow within seconds.
import type { Run as RunRow } from '@bancada/prisma';
import { audit } from '../auth/audit.ts';
import { builder, writes } from '../builder.ts';
import { cancelRun, deleteRun, pauseRun, resumeRun, retryFailedSamples } from '../run-intent.ts';
import { ConflictError, ForbiddenError, NotFoundError } from './error.ts';
import { Run } from './run.ts';

const RunControlSuccess = builder.objectRef<{ data: RunRow }>('MutationRunControlSuccess').implement({
  description: 'It was done.',
  authScopes: writes,
  fields: (t) => ({
    data: t.field({ description: 'The run as it stands now.', type: Run, resolve: ({ data }) => data }),
  }),
});

const RunControlResult = builder.errorUnion('RunControlResult', {
  description: 'The run, or why it was left as it was.',
  types: [RunControlSuccess, NotFoundError, ForbiddenError, ConflictError],
  resolveType: () => 'MutationRunControlSuccess',
});

const controls = {
  pauseRun: {
    change: pauseRun,
    description: 'Samples in flight are finished or handed back; nothing is lost.',
  },
  resumeRun: { change: resumeRun, description: 'Goes on from where it stands.' },
  cancelRun: { change: cancelRun, description: 'What is finished stays; the run ends.' },
  retryFailedSamples: {
    change: retryFailedSamples,
    description: 'Asks the failed samples of an ended run once more.',
  },
};

for (const [name, { change, description }] of Object.entries(controls)) {
  builder.mutationField(name, (t) =>
    t.field({
      type: RunControlResult,
      authScopes: writes,
      description,
      args: { id: t.arg.id({ description: 'Id of the run.', required: true }) },
      resolve: async (_root, { id }, context) => ({ data: await change(context, id) }) as never,
    }),
  );
}

const DeleteRunSuccess = builder.objectRef<{ data: string }>('MutationDeleteRunSuccess').implement({
  description: 'The run is gone.',
  authScopes: writes,
  fields: (t) => ({ data: t.exposeID('data', { description: 'The id it had.' }) }),
});

const DeleteRunResult = builder.errorUnion('DeleteRunResult', {
  description: 'The id of the deleted run, or why it is still there.',
  types: [DeleteRunSuccess, NotFoundError, ForbiddenError, ConflictError],
  resolveType: () => 'MutationDeleteRunSuccess',
});

builder.mutationField('deleteRun', (t) =>
  t.field({
    type: DeleteRunResult,
    authScopes: writes,
    description: 'With all its samples. An active run is cancelled first.',
    args: { id: t.arg.id({ description: 'Id of the run.', required: true }) },
    resolve: async (_root, { id }, context) => {
      const data = await deleteRun(context, id);
      await audit(context.prisma, context, { action: 'run.deleted', subject: id });
      return { data } as never;
    },
  }),
);
