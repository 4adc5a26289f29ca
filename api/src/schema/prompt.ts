// Prompt: a template with its versions, newest first, and the labels that stand on them.
import { builder, reads } from '../builder.ts';
import { firstArgument, isId, nodesQuery, pageOf } from './connection.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

/** GraphQL type `PromptVersion`. */
builder.prismaObject('PromptVersion', {
  authScopes: reads,
  description: 'The text of a prompt as it was saved once. It never changes; labels move.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its own id.' }),
    version: t.exposeInt('version', { description: 'Counts up within the prompt, from 1.' }),
    sha256: t.exposeString('sha256', { description: 'Of `yaml`.' }),
    yaml: t.exposeString('yaml', { description: 'The prompt file, as `data/prompts/` holds them.' }),
    template: t.exposeString('template', { description: 'Jinja.' }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'What it is for; null when not told.',
    }),
    variables: t.exposeStringList('variables', {
      description: 'Names that must be given to render it, in the order in which they are read.',
    }),
    labels: t.exposeStringList('labels', {
      description:
        '`production`, `candidate` or others; suites name a version by it: `my-prompt@production`.',
    }),
    saved: t.exposeBoolean('saved', { description: 'Saved here; else read from a file.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was saved or first seen.' }),
  }),
});

/** GraphQL type `Prompt`. */
export const Prompt = builder.prismaNode('Prompt', {
  id: { field: 'id' },
  include: { versions: { orderBy: { version: 'desc' }, take: 1 } },
  authScopes: reads,
  description: 'A template with its versions.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As suites and tasks name it; unique.' }),
    bundled: t.exposeBoolean('bundled', { description: 'Comes with the program and stays as it is.' }),
    version: t.int({
      description: 'Number of the newest version.',
      resolve: ({ versions }) => versions[0]?.version ?? 0,
    }),
    template: t.string({
      description: 'Of the newest version.',
      resolve: ({ versions }) => versions[0]?.template ?? '',
    }),
    description: t.string({
      description: 'What the newest version is for; null when not told.',
      nullable: true,
      resolve: ({ versions }) => versions[0]?.description ?? null,
    }),
    variables: t.stringList({
      description: 'Of the newest version.',
      resolve: ({ versions }) => versions[0]?.variables ?? [],
    }),
    yaml: t.string({
      description: 'Of the newest version.',
      resolve: ({ versions }) => versions[0]?.yaml ?? '',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was saved or first seen.' }),
    labels: t.field({
      type: [PromptLabel],
      description: 'Every label of the prompt and the version that it stands on.',
      resolve: async ({ id }, _args, { prisma }) => {
        const labelled = await prisma.promptVersion.findMany({
          where: { promptId: id, NOT: { labels: { isEmpty: true } } },
          orderBy: { version: 'desc' },
          select: { version: true, labels: true },
        });
        return labelled.flatMap(({ version, labels }) => labels.map((label) => ({ label, version })));
      },
    }),
    versions: t.relation('versions', {
      description: 'Newest first.',
      args: firstArgument(50),
      query: ({ first }) => ({ orderBy: { version: 'desc' }, take: first ?? 50 }),
    }),
  }),
});

const PromptLabel = builder
  .objectRef<{ readonly label: string; readonly version: number }>('PromptLabel')
  .implement({
    authScopes: reads,
    description: 'A word that stands on one version of a prompt.',
    fields: (t) => ({
      label: t.exposeString('label', { description: '`production`, `candidate` or another word.' }),
      version: t.exposeInt('version', { description: 'The version that bears it.' }),
    }),
  });

const PromptConnection = builder.connectionObject(
  { type: Prompt, name: 'PromptConnection' },
  { name: 'PromptEdge' },
);

builder.queryFields((t) => ({
  prompts: t.field({
    type: PromptConnection,
    authScopes: reads,
    description: 'Prompts by name.',
    args: {
      ...namedListArguments,
      label: t.arg.string({ description: 'Only prompts with a version that bears this label.' }),
    },
    resolve: async (_root, args, context, info) => {
      const { matching, page } = namedListQuery(args);
      const labelled = args.label ? { versions: { some: { labels: { has: args.label } } } } : {};
      const query = nodesQuery(context, info, 'Prompt');
      const rows = await context.prisma.prompt.findMany({
        ...query,
        ...page,
        where: { AND: [page.where, labelled] },
      });
      const count = () => context.prisma.prompt.count({ where: { AND: [matching, labelled] } });
      return pageOf(rows, args, nameKey, count) as never;
    },
  }),
  prompt: t.prismaField({
    type: Prompt,
    nullable: true,
    authScopes: reads,
    description: 'One prompt; null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'Its id or name.' }) },
    resolve: (query, _root, { id }, { prisma }) =>
      prisma.prompt.findUnique({ ...query, where: isId(id) ? { id } : { name: id } }),
  }),
}));
