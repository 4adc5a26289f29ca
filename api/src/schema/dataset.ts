// Dataset: a registered data set, its versions, and a look at its rows.
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { datasetRows, type DatasetRows as Rows } from '../dataset-rows.ts';
import { countPage, nodesQuery, pageOf } from './connection.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

interface SplitRecord {
  readonly name: string;
  readonly rows?: number | null;
  readonly sha256: string;
  readonly columns?: readonly string[];
}

const DatasetSplit = builder.objectRef<SplitRecord>('DatasetSplit').implement({
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name'),
    rows: t.exposeInt('rows', { nullable: true, description: 'Known when the manifest tells it.' }),
    sha256: t.exposeString('sha256'),
    columns: t.stringList({ resolve: ({ columns }) => [...(columns ?? [])] }),
  }),
});

const DatasetVersion = builder.prismaObject('DatasetVersion', {
  authScopes: reads,
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    sha256: t.exposeString('sha256'),
    splits: t.field({ type: [DatasetSplit], resolve: ({ splits }) => splits as unknown as SplitRecord[] }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const DatasetRows = builder.objectRef<Rows>('DatasetRows').implement({
  authScopes: reads,
  fields: (t) => ({
    split: t.exposeString('split'),
    offset: t.exposeInt('offset'),
    columns: t.stringList({ resolve: ({ columns }) => [...columns] }),
    rows: t.field({ type: ['JSON'], resolve: ({ rows }) => [...rows] }),
  }),
});

const Dataset = builder.prismaNode('Dataset', {
  id: { field: 'id' },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
    licence: t.exposeString('licence', { nullable: true }),
    source: t.exposeString('source', { nullable: true }),
    bundled: t.exposeBoolean('bundled'),
    versions: t.relation('versions', {
      type: DatasetVersion,
      description: 'Newest first.',
      query: { orderBy: { version: 'desc' } },
    }),
    rows: t.field({
      type: DatasetRows,
      description: 'Rows as the files give them; the first split when none is named.',
      args: {
        split: t.arg.string(),
        offset: t.arg.int({ defaultValue: 0, validate: z.number().min(0).nullish() }),
        limit: t.arg.int({ defaultValue: 20, validate: z.number().min(1).max(200).nullish() }),
      },
      resolve: async ({ name }, { split, offset, limit }, { homes }) => {
        const found = await datasetRows(homes, name, {
          split: split ?? undefined,
          offset: offset ?? 0,
          limit: limit ?? 20,
        });
        if (found.status === 'read') return found.rows;
        throw new GraphQLError(found.message, { extensions: { code: 'BAD_USER_INPUT' } });
      },
    }),
  }),
});

const DatasetConnection = builder.connectionObject(
  {
    type: Dataset,
    name: 'DatasetConnection',
    fields: (t) => ({ totalCount: t.int({ resolve: countPage }) }),
  },
  { name: 'DatasetEdge' },
);

builder.queryFields((t) => ({
  datasets: t.field({
    type: DatasetConnection,
    authScopes: reads,
    args: namedListArguments,
    resolve: async (_root, args, context, info) => {
      const { matching, page } = namedListQuery(args);
      const query = nodesQuery(context, info, 'Dataset');
      const rows = await context.prisma.dataset.findMany({ ...query, ...page });
      return pageOf(rows, args, nameKey, () => context.prisma.dataset.count({ where: matching }));
    },
  }),
  dataset: t.prismaField({
    type: Dataset,
    nullable: true,
    authScopes: reads,
    args: { name: t.arg.string({ required: true }) },
    resolve: (query, _root, { name }, { prisma }) => prisma.dataset.findUnique({ ...query, where: { name } }),
  }),
}));
