// Suite: a registered suite in its newest version, and its runs.
import { builder, reads } from '../builder.ts';
import { suiteNames } from '../suite-names.ts';
import { firstArgument, isId, nodesQuery, pageOf } from './connection.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

builder.prismaObject('SuiteVersion', {
  authScopes: reads,
  description: 'The text of a suite as it was once. It never changes.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its own id.' }),
    version: t.exposeInt('version', { description: 'Counts up within the suite, from 1.' }),
    sha256: t.exposeString('sha256', { description: 'Of `yaml`.' }),
    yaml: t.exposeString('yaml', { description: 'The text.' }),
    saved: t.exposeBoolean('saved', { description: 'Saved here; else read from a file.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was saved or first seen.' }),
  }),
});

/** GraphQL type `Suite`. */
export const Suite = builder.prismaNode('Suite', {
  description: 'A registered suite in its newest version.',
  id: { field: 'id' },
  include: { versions: { orderBy: { version: 'desc' }, take: 1 } },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique.' }),
    description: t.exposeString('description', {
      description: 'What it is for; null when not told.',
      nullable: true,
    }),
    yaml: t.string({ description: 'Its text.', resolve: ({ versions }) => versions[0]?.yaml ?? '' }),
    version: t.int({
      description: 'Counts up from 1 with each change.',
      resolve: ({ versions }) => versions[0]?.version ?? 0,
    }),
    bundled: t.exposeBoolean('bundled', { description: 'Whether it came with Bancada.' }),
    models: t.stringList({
      description: 'Names of its models.',
      resolve: ({ versions }) => suiteNames(versions[0]?.yaml ?? '').models,
    }),
    tasks: t.stringList({
      description: 'Names of its tasks.',
      resolve: ({ versions }) => suiteNames(versions[0]?.yaml ?? '').tasks,
    }),
    versions: t.relation('versions', {
      description: 'Newest first.',
      args: firstArgument(50),
      query: ({ first }) => ({ orderBy: { version: 'desc' }, take: first ?? 50 }),
    }),
    runs: t.relation('runs', {
      description: 'Latest first.',
      args: firstArgument(20),
      query: ({ first }) => ({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: first ?? 20 }),
    }),
  }),
});

const SuiteConnection = builder.connectionObject(
  { type: Suite, name: 'SuiteConnection' },
  { name: 'SuiteEdge' },
);

builder.queryFields((t) => ({
  suites: t.field({
    description: 'Registered suites by name.',
    type: SuiteConnection,
    authScopes: reads,
    args: namedListArguments,
    resolve: async (_root, args, context, info) => {
      const { matching, page } = namedListQuery(args);
      const query = nodesQuery(context, info, 'Suite');
      const rows = await context.prisma.suite.findMany({ ...query, ...page });
      return pageOf(rows, args, nameKey, () => context.prisma.suite.count({ where: matching })) as never;
    },
  }),
  suite: t.prismaField({
    description: 'One suite; null when there is none of this id.',
    type: Suite,
    nullable: true,
    authScopes: reads,
    args: { id: t.arg.id({ description: 'Its id.', required: true }) },
    resolve: (query, _root, { id }, { prisma }) =>
      isId(id) ? prisma.suite.findUnique({ ...query, where: { id } }) : null,
  }),
}));
