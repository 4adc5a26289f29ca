// savePrompt: a new immutable version of a prompt.
import { builder, writes } from '../builder.ts';
import { checkedPrompt } from '../configuration/checked-prompt.ts';
import { type SavedVersion, saveVersion } from '../configuration/saved-version.ts';
import { ConflictError, ValidationError } from './error.ts';
import { Prompt } from './prompt.ts';

/** GraphQL input `SavePromptInput`. */
export const SavePromptInput = builder.inputType('SavePromptInput', {
  description: 'Exactly one of template and yaml.',
  fields: (t) => ({
    name: t.string({ description: 'Needed with a template; with YAML it replaces the name in it.' }),
    template: t.string({ description: 'Jinja. The variables are found in it.' }),
    description: t.string({ description: 'One sentence, for the list.' }),
    yaml: t.string({ description: 'A whole prompt file: name, version, template, variables.' }),
  }),
});

const SavePromptSuccess = builder.objectRef<{ data: SavedVersion }>('MutationSavePromptSuccess').implement({
  description: 'It is saved, or was before.',
  authScopes: writes,
  fields: (t) => ({
    data: t.prismaField({
      description: 'The prompt with its newest version.',
      type: Prompt,
      resolve: (query, { data }, _args, { prisma }) =>
        prisma.prompt.findUniqueOrThrow({ ...query, where: { id: data.id } }),
    }),
    version: t.int({
      description: 'Number of the version that has the text.',
      resolve: ({ data }) => data.version,
    }),
    unchanged: t.boolean({
      description: 'The newest version has this text already: none was made.',
      resolve: ({ data }) => data.unchanged,
    }),
  }),
});

const SavePromptResult = builder.errorUnion('SavePromptResult', {
  description: 'The saved prompt, or why it was not saved.',
  types: [SavePromptSuccess, ValidationError, ConflictError],
  resolveType: () => 'MutationSavePromptSuccess',
});

builder.mutationField('savePrompt', (t) =>
  t.field({
    type: SavePromptResult,
    authScopes: writes,
    description:
      'Saves a new version; unchanged text gives the version that has it. Names that come with the program are refused.',
    args: {
      input: t.arg({ description: 'What to save.', type: SavePromptInput, required: true }),
      idempotencyKey: t.arg.string({
        description: 'Any text of your own, one for each text saved; null when repeats are fine.',
      }),
    },
    resolve: async (_root, { input, idempotencyKey }, { pool }) => {
      const { name, template, description = null, variables, yaml } = checkedPrompt(input);
      const columns = { template, description, variables, labels: [] };
      const key = idempotencyKey ?? undefined;
      return {
        data: await saveVersion(pool, { kind: 'prompt', name, yaml, columns, idempotencyKey: key }),
      } as never;
    },
  }),
);
