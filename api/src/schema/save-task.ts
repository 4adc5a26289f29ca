// saveTask: a new immutable version of a task.
import { builder, writes } from '../builder.ts';
import { checkedTask } from '../configuration/checked-task.ts';
import { saveVersion } from '../configuration/saved-version.ts';
import { ConflictError, ValidationError } from './error.ts';
import { type Saved, SavedText, savingArguments, savingDescription } from './saved-text.ts';
import { Task } from './task.ts';

/** GraphQL input `SaveTaskInput`. */
export const SaveTaskInput = builder.inputType('SaveTaskInput', {
  description: 'A task to save.',
  fields: (t) => ({
    yaml: t.string({
      required: true,
      description: "A task file in lm-evaluation-harness's format, with our keys under `bancada`.",
    }),
    name: t.string({ description: 'Replaces the name in the YAML.' }),
  }),
});

const SaveTaskSuccess = builder.objectRef<Saved>('MutationSaveTaskSuccess').implement({
  description: 'It is saved, or was before.',
  interfaces: [SavedText],
  authScopes: writes,
  fields: (t) => ({
    data: t.prismaField({
      description: 'The task with its newest version.',
      type: Task,
      resolve: (query, { data }, _args, { prisma }) =>
        prisma.task.findUniqueOrThrow({ ...query, where: { id: data.id } }) as never,
    }),
  }),
});

const SaveTaskResult = builder.errorUnion('SaveTaskResult', {
  description: 'The saved task, or why it was not saved.',
  types: [SaveTaskSuccess, ValidationError, ConflictError],
  resolveType: () => 'MutationSaveTaskSuccess',
});

builder.mutationField('saveTask', (t) =>
  t.field({
    type: SaveTaskResult,
    authScopes: writes,
    description: savingDescription,
    args: {
      input: t.arg({ description: 'What to save.', type: SaveTaskInput, required: true }),
      ...savingArguments,
    },
    resolve: async (_root, { input, idempotencyKey }, context) => {
      const { name, yaml, warnings, outputType, dataset, retrieves, metrics } = await checkedTask(
        context,
        input,
      );
      const data = await saveVersion(context.pool, {
        kind: 'task',
        name,
        yaml: () => yaml,
        columns: { outputType, dataset, retrieves, metrics },
        idempotencyKey: idempotencyKey ?? undefined,
      });
      return { data, warnings } as never;
    },
  }),
);
