// labelPrompt: moves a label to a version of a prompt, or takes it away.
import type { Prompt as PromptRow } from '@bancada/prisma';
import { builder, writes } from '../builder.ts';
import { isId } from './connection.ts';
import { NotFoundError, ValidationError } from './error.ts';
import { Prompt } from './prompt.ts';

const LabelPromptSuccess = builder.objectRef<{ data: PromptRow }>('MutationLabelPromptSuccess').implement({
  description: 'The label was moved.',
  authScopes: writes,
  fields: (t) => ({
    data: t.prismaField({
      description: 'The prompt as it stands now.',
      type: Prompt,
      resolve: (query, { data }, _args, { prisma }) =>
        prisma.prompt.findUniqueOrThrow({ ...query, where: { id: data.id } }),
    }),
  }),
});

const LabelPromptResult = builder.errorUnion('LabelPromptResult', {
  description: 'The prompt, or why the label stayed.',
  types: [LabelPromptSuccess, ValidationError, NotFoundError],
  resolveType: () => 'MutationLabelPromptSuccess',
});

builder.mutationField('labelPrompt', (t) =>
  t.field({
    type: LabelPromptResult,
    authScopes: writes,
    description:
      'A label is on one version at most: it moves. Suites and tasks name the version as `name@label`; runs that exist keep the text they were made with.',
    args: {
      id: t.arg.id({ description: 'Id of the prompt.', required: true }),
      label: t.arg.string({ required: true, description: '`production`, `candidate` or another word.' }),
      version: t.arg.int({ description: 'Null takes the label away.' }),
    },
    resolve: async (_root, { id, label, version }, { prisma }) => {
      if (!/^[a-z][a-z0-9-]{0,39}$/.test(label)) {
        const message = 'label: small letters, digits and "-", beginning with a letter; 40 at most';
        throw new ValidationError([{ path: 'label', message, value: label }]);
      }
      const prompt = isId(id) ? await prisma.prompt.findUnique({ where: { id } }) : null;
      if (prompt === null) throw new NotFoundError('prompt', id);
      await prisma.$transaction(async (transaction) => {
        await transaction.$executeRaw`update "PromptVersion" set labels = array_remove(labels, ${label}) where "promptId" = ${id}::uuid`;
        if (version === null || version === undefined) return;
        const changed =
          await transaction.$executeRaw`update "PromptVersion" set labels = labels || ${label}::text where "promptId" = ${id}::uuid and version = ${version}`;
        if (changed === 0) throw new NotFoundError(`version of the prompt ${prompt.name}:`, String(version));
      });
      return { data: prompt } as never;
    },
  }),
);
