// saveSuite: a new immutable version of a suite.
import { builder, writes } from '../builder.ts';
import { checkedSuite } from '../configuration/checked-suite.ts';
import { saveVersion } from '../configuration/saved-version.ts';
import { ConflictError, ValidationError } from './error.ts';
import { type Saved, SavedText, savingArguments, savingDescription } from './saved-text.ts';
import { Suite } from './suite.ts';

/** GraphQL input `SaveSuiteInput`. */
export const SaveSuiteInput = builder.inputType('SaveSuiteInput', {
  description: 'A suite to save.',
  fields: (t) => ({
    yaml: t.string({ required: true, description: 'A suite file, or JSON, which is YAML.' }),
    name: t.string({ description: 'Replaces the name in the YAML.' }),
  }),
});

const SaveSuiteSuccess = builder.objectRef<Saved>('MutationSaveSuiteSuccess').implement({
  description: 'It is saved, or was before.',
  interfaces: [SavedText],
  authScopes: writes,
  fields: (t) => ({
    data: t.prismaField({
      description: 'The suite with its newest version.',
      type: Suite,
      resolve: (query, { data }, _args, { prisma }) =>
        prisma.suite.findUniqueOrThrow({ ...query, where: { id: data.id } }) as never,
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
    description: savingDescription,
    args: {
      input: t.arg({ description: 'What to save.', type: SaveSuiteInput, required: true }),
      ...savingArguments,
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
