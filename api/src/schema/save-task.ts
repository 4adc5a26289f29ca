// saveTask: a new immutable version of a task.
import { builder, writes } from '../builder.ts';
import { checkedTask } from '../configuration/checked-task.ts';
import { type SavedVersion, saveVersion } from '../configuration/saved-version.ts';
import { ConflictError, ValidationError, type ValidationIssue, ValidationIssueObject } from './error.ts';
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

interface SavedTask {
  readonly data: SavedVersion;
  readonly warnings: readonly ValidationIssue[];
}

const SaveTaskSuccess = builder.objectRef<SavedTask>('MutationSaveTaskSuccess').implement({
  description: 'It is saved, or was before.',
  authScopes: writes,
  fields: (t) => ({
    data: t.prismaField({
      description: 'The task with its newest version.',
      type: Task,
      resolve: (query, { data }, _args, { prisma }) =>
        prisma.task.findUniqueOrThrow({ ...query, where: { id: data.id } }) as never,
    }),
    version: t.int({
      description: 'Number of the version that has the text.',
      resolve: ({ data }) => data.version,
    }),
    unchanged: t.boolean({
      description: 'The newest version has this text already: none was made.',
      resolve: ({ data }) => data.unchanged,
    }),
    warnings: t.field({
      type: [ValidationIssueObject],
      description: 'What keeps it from being run yet, e.g. data that are not there.',
      resolve: ({ warnings }) => [...warnings],
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
    description:
      'Saves a new version; unchanged text gives the version that has it. Names that come with the program are refused.',
    args: {
      input: t.arg({ description: 'What to save.', type: SaveTaskInput, required: true }),
      idempotencyKey: t.arg.string({
        description: 'Any text of your own, one for each text saved; null when repeats are fine.',
      }),
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
