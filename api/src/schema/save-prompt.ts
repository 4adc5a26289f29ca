// savePrompt: a new immutable version of a prompt.
import { builder, writes } from '../builder.ts';
import { checkedPrompt } from '../configuration/checked-prompt.ts';
import { saveVersion } from '../configuration/saved-version.ts';
import { ConflictError, ValidationError } from './error.ts';
import { Prompt } from './prompt.ts';
import { type Saved, SavedText, savingArguments, savingDescription } from './saved-text.ts';

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

const SavePromptSuccess = builder.objectRef<Saved>('MutationSavePromptSuccess').implement({
  description: 'It is saved, or was before.',
  interfaces: [SavedText],
  authScopes: writes,
  fields: (t) => ({
    data: t.prismaField({
      description: 'The prompt with its newest version.',
      type: Prompt,
      resolve: (query, { data }, _args, { prisma }) =>
        prisma.prompt.findUniqueOrThrow({ ...query, where: { id: data.id } }),
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
    description: savingDescription,
    args: {
      input: t.arg({ description: 'What to save.', type: SavePromptInput, required: true }),
      ...savingArguments,
    },
    resolve: async (_root, { input, idempotencyKey }, { pool }) => {
      const { name, template, description = null, variables, yaml } = checkedPrompt(input);
      const columns = { template, description, variables, labels: [] };
      const key = idempotencyKey ?? undefined;
      const data = await saveVersion(pool, { kind: 'prompt', name, yaml, columns, idempotencyKey: key });
      return { data, warnings: [] } as never;
    },
  }),
);
