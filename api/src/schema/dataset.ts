// Dataset: a registered data set, its versions, and a look at its rows.
import { BancadaError } from '@bancada/core';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { type DatasetDependent, datasetDependents } from '../dataset/dependents.ts';
import { versionStatistics } from '../dataset/version-statistics.ts';
import { datasetRows, type DatasetRows as Rows } from '../dataset-rows.ts';
import { nodesQuery, pageOf } from './connection.ts';
import { DatasetStatistics } from './dataset-statistics.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

interface SplitRecord {
  readonly name: string;
  readonly rows?: number | null;
  readonly sha256: string;
  readonly columns?: readonly string[];
}

const DatasetSplit = builder.objectRef<SplitRecord>('DatasetSplit').implement({
  description: 'A part of a data set: one file, or several read as one.',
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'E.g. `test`.' }),
    rows: t.exposeInt('rows', { nullable: true, description: 'Known when the manifest tells it.' }),
    sha256: t.exposeString('sha256', { description: "Of the split's files, in hexadecimal." }),
    columns: t.stringList({
      description: 'Names of the columns; empty when not known.',
      resolve: ({ columns }) => [...(columns ?? [])],
    }),
  }),
});

const DatasetVersion = builder.prismaObject('DatasetVersion', {
  description: 'A data set as it was at one time; never changes.',
  authScopes: reads,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the version.' }),
    version: t.exposeInt('version', { description: 'Counts up from 1.' }),
    sha256: t.exposeString('sha256', { description: 'Of the whole, in hexadecimal.' }),
    splits: t.field({
      description: 'Its parts.',
      type: [DatasetSplit],
      resolve: ({ splits }) => splits as unknown as SplitRecord[],
    }),
    createdAt: t.expose('createdAt', { description: 'When it was registered.', type: 'DateTime' }),
    statistics: t.field({
      type: DatasetStatistics,
      description: 'Of the columns of a split. Read when first asked for, which may take seconds; then kept.',
      args: { split: t.arg.string({ description: 'Name of the split.', required: true }) },
      resolve: async (version, { split }, context) => {
        const { name } = await context.prisma.dataset.findUniqueOrThrow({ where: { id: version.datasetId } });
        return readable(() => versionStatistics(context, name, version, split));
      },
    }),
  }),
});

/** What cannot be read is told to whoever asked. */
async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    throw new GraphQLError(thrown.message, { extensions: { code: 'BAD_USER_INPUT' } });
  }
}

const DatasetDependentObject = builder.objectRef<DatasetDependent>('DatasetDependent').implement({
  description: 'Something that would miss a data set.',
  authScopes: reads,
  fields: (t) => ({
    kind: t.exposeString('kind', { description: '`task`, `suite` or `run`.' }),
    id: t.exposeID('id', { description: 'Of the task, suite or run.' }),
    name: t.exposeString('name', { description: 'Of the task, suite or run.' }),
    active: t.exposeBoolean('active', { description: 'Whether it is a run that is not over.' }),
  }),
});

const DatasetRows = builder.objectRef<Rows>('DatasetRows').implement({
  description: 'A few rows of one split.',
  authScopes: reads,
  fields: (t) => ({
    split: t.exposeString('split', { description: 'The split they are of.' }),
    offset: t.exposeInt('offset', { description: 'Position of the first row, from 0.' }),
    columns: t.stringList({
      description: 'Names of the columns, in order.',
      resolve: ({ columns }) => [...columns],
    }),
    rows: t.field({
      description: 'One object for each row.',
      type: ['JSON'],
      resolve: ({ rows }) => [...rows],
    }),
  }),
});

const Dataset = builder.prismaNode('Dataset', {
  description: 'A registered data set.',
  id: { field: 'id' },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As tasks name it; unique.' }),
    description: t.exposeString('description', {
      description: 'What it holds; null when not told.',
      nullable: true,
    }),
    licence: t.exposeString('licence', {
      description: 'SPDX name of its licence; null when not told.',
      nullable: true,
    }),
    source: t.exposeString('source', {
      description: 'Where it comes from; null when not told.',
      nullable: true,
    }),
    bundled: t.exposeBoolean('bundled', { description: 'Whether it came with Bancada.' }),
    versions: t.relation('versions', {
      type: DatasetVersion,
      description: 'Newest first.',
      args: { version: t.arg.int({ description: 'Only that one; null for all.' }) },
      query: ({ version }) => ({
        ...(version == null ? {} : { where: { version } }),
        orderBy: { version: 'desc' },
      }),
    }),
    dependents: t.field({
      type: [DatasetDependentObject],
      description: 'Tasks that read it, suites with those tasks, and the newest 50 runs of it.',
      resolve: ({ name }, _args, { pool }) => datasetDependents(pool, name),
    }),
    rows: t.field({
      type: DatasetRows,
      description: 'Rows as the files give them; the first split when none is named.',
      args: {
        split: t.arg.string({ description: 'Name of the split; null for the first.' }),
        version: t.arg.int({ description: 'Number of a kept version; null for the newest.' }),
        offset: t.arg.int({
          description: 'Rows to skip.',
          defaultValue: 0,
          validate: z.number().min(0).nullish(),
        }),
        limit: t.arg.int({
          description: 'At most so many rows, 1 to 200.',
          defaultValue: 20,
          validate: z.number().min(1).max(200).nullish(),
        }),
      },
      resolve: async ({ name }, { split, version, offset, limit }, { homes }) => {
        const reference = version == null ? name : `${name}@${version}`;
        const found = await datasetRows(homes, reference, {
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
  },
  { name: 'DatasetEdge' },
);

builder.queryFields((t) => ({
  datasets: t.field({
    description: 'Registered data sets by name.',
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
    description: 'One data set; null when there is none of that name.',
    type: Dataset,
    nullable: true,
    authScopes: reads,
    args: { name: t.arg.string({ description: 'Its name.', required: true }) },
    resolve: (query, _root, { name }, { prisma }) => prisma.dataset.findUnique({ ...query, where: { name } }),
  }),
}));
