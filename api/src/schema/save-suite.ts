// saveSuite: a new immutable version of a suite.
import { builder, writes } from '../builder.ts';
import { checkedSuite } from '../configuration/checked-suite.ts';
import { type SavedVersion, saveVersion } from '../configuration/saved-version.ts';
import { ConflictError, ValidationError, type ValidationIssue, ValidationIssueObject } from './error.ts';
import { Suite } from './suite.ts';

/** GraphQL input `SaveSuiteInput`. */
export const SaveSuiteInput = builder.inputType('SaveSuiteInput', {
  description: 'A suite to save.',
  fields: (t) => ({
    yaml: t.string({ required: true, description: 'A suite file, or JSON, which is YAML.' }),
    name: t.string({ description: 'Replaces the name in the YAML.' }),
  }),
});

interface SavedSuite {
  readonly data: SavedVersion;
  readonly warnings: readonly ValidationIssue[];
}

const SaveSuiteSuccess = builder.objectRef<SavedSuite>('MutationSaveSuiteSuccess').implement({
  description: 'It is saved, or was before.',
  authScopes: writes,
  fields: (t) => ({
    data: t.prismaField({
      description: 'The suite with its newest version.',
      type: Suite,
      resolve: (query, { data }, _args, { prisma }) =>
        prisma.suite.findUniqueOrThrow({ ...query, where: { id: data.id } }) as never,
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
      description: 'What keeps it from being run yet, e.g. a model that is not there.',
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
});

const SaveSuiteResult = builder.errorUnion('SaveSuiteResult', {
  description: 'The saved suite, or why it was not saved.',
  types: [SaveSuiteSuccess, ValidationError, ConflictError],
  resolveType: () => 'MutationSaveSuiteSuccess',
});

builder.mutationField('saveSuite', (t) =>
  t.field({
    type: SaveSuiteResult,
    authScopes: writes,
    description:
      'Saves a new version; unchanged text gives the version that has it. Names that come with the program are refused.',
    args: {
      input: t.arg({ description: 'What to save.', type: SaveSuiteInput, required: true }),
      idempotencyKey: t.arg.string({
        description: 'Any text of your own, one for each text saved; null when repeats are fine.',
      }),
    },
    resolve: async (_root, { input, idempotencyKey }, context) => {
      const { name, description = null, yaml, warnings } = await checkedSuite(context, input);
      const data = await saveVersion(context.pool, {
        kind: 'suite',
        name,
        yaml: () => yaml,
        columns: {},
        about: { description },
        idempotencyKey: idempotencyKey ?? undefined,
      });
      return { data, warnings } as never;
    },
  }),
);
