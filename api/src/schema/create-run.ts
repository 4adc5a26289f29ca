// createRun: checks a suite, keeps the run, and puts its planning into the queue.
import type { Run as RunRow } from '@bancada/prisma';
import { builder, writes } from '../builder.ts';
import { createRun } from '../run-creation.ts';
import { CapabilityError, ConflictError, ForbiddenError, NotFoundError, ValidationError } from './error.ts';
import { Run } from './run.ts';
import { checkRun, RunInput } from './run-input.ts';

const CreateRunSuccess = builder.objectRef<{ data: RunRow }>('MutationCreateRunSuccess').implement({
  authScopes: writes,
  fields: (t) => ({ data: t.field({ type: Run, resolve: ({ data }) => data }) }),
});

const CreateRunResult = builder.errorUnion('CreateRunResult', {
  types: [CreateRunSuccess, ValidationError, NotFoundError, ForbiddenError, ConflictError, CapabilityError],
  resolveType: () => 'MutationCreateRunSuccess',
});

builder.mutationField('createRun', (t) =>
  t.field({
    type: CreateRunResult,
    authScopes: writes,
    description: 'The same idempotencyKey gives the same run, however often it is sent.',
    args: { input: t.arg({ type: RunInput, required: true }), idempotencyKey: t.arg.string() },
    resolve: async (_root, { input, idempotencyKey }, context) => {
      const checked = await checkRun(context, input);
      return {
        data: await createRun(context, checked, idempotencyKey ?? undefined, context.viewer.id),
      } as never;
    },
  }),
);
