// createRun: checks a suite, keeps the run, and puts its planning into the queue.
import type { Run as RunRow } from '@bancada/prisma';
import { builder, writes } from '../builder.ts';
import { createRun } from '../run-creation.ts';
import { CapabilityError, ConflictError, ForbiddenError, NotFoundError, ValidationError } from './error.ts';
import { Run } from './run.ts';
import { checkRun, RunInput } from './run-input.ts';

const CreateRunSuccess = builder.objectRef<{ data: RunRow }>('MutationCreateRunSuccess').implement({
  description: 'The run was created, or the same key had created it before.',
  authScopes: writes,
  fields: (t) => ({
    data: t.field({ description: 'The run, queued.', type: Run, resolve: ({ data }) => data }),
  }),
});

const CreateRunResult = builder.errorUnion('CreateRunResult', {
  description: 'The new run, or why there is none.',
  types: [CreateRunSuccess, ValidationError, NotFoundError, ForbiddenError, ConflictError, CapabilityError],
  resolveType: () => 'MutationCreateRunSuccess',
});

builder.mutationField('createRun', (t) =>
  t.field({
    type: CreateRunResult,
    authScopes: writes,
    description: 'The same idempotencyKey gives the same run, however often it is sent.',
    args: {
      input: t.arg({ description: 'What to run.', type: RunInput, required: true }),
      idempotencyKey: t.arg.string({
        description: 'Any text of your own, one for each run wanted; null when repeats are fine.',
      }),
    },
    resolve: async (_root, { input, idempotencyKey }, context) => {
      const checked = await checkRun(context, input);
      return {
        data: await createRun(context, checked, idempotencyKey ?? undefined, context.viewer.id),
      } as never;
    },
  }),
);
