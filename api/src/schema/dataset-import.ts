// importHuggingFaceDataset, and how far imports are.
import { BancadaError, checkDatasetName, checkRepository, checkRevision, newestVersion } from '@bancada/core';
import { enqueue, type DatasetImport as ImportRow, type ImportStatus } from '@bancada/prisma';
import { z } from 'zod';
import { builder, reads, writes } from '../builder.ts';
import type { Services } from '../context.ts';
import { isId } from './connection.ts';
import { ConflictError, NotFoundError, ValidationError } from './error.ts';

const ImportStatusEnum = builder.enumType('DatasetImportStatus', {
  description: 'How far an import is.',
  values: {
    QUEUED: { description: 'No worker has taken it yet.' },
    RUNNING: { description: 'A worker brings it.' },
    SUCCEEDED: { description: 'It is a version of a data set.' },
    FAILED: { description: '`error` says why.' },
    CANCELLED: { description: 'Somebody stopped it.' },
  } satisfies Record<ImportStatus, object>,
});

const DatasetImport = builder.prismaNode('DatasetImport', {
  id: { field: 'id', description: 'A UUID.' },
  description: 'A data set on its way here from the Hugging Face Hub.',
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The data set that it becomes.' }),
    repo: t.exposeString('repo', { description: 'organisation/name on the hub.' }),
    config: t.exposeString('config', { nullable: true, description: 'The subset; null takes the default.' }),
    split: t.exposeString('split', { nullable: true, description: 'The one split; null takes all.' }),
    revision: t.exposeString('revision', { description: 'Branch, tag or commit that was asked for.' }),
    commit: t.exposeString('commit', {
      nullable: true,
      description: 'The commit behind the revision, once it is known.',
    }),
    status: t.expose('status', { type: ImportStatusEnum, description: 'How far it is.' }),
    step: t.exposeString('step', {
      nullable: true,
      description: 'The file that is being brought, or `publishing`.',
    }),
    doneBytes: t.expose('doneBytes', { type: 'BigInt', description: 'Bytes that are here.' }),
    totalBytes: t.expose('totalBytes', {
      type: 'BigInt',
      nullable: true,
      description: 'Bytes of all its files; null until they are known.',
    }),
    error: t.exposeString('error', { nullable: true, description: 'Why it failed.' }),
    version: t.int({
      nullable: true,
      description: 'The version that it became.',
      select: { version: { select: { version: true } } },
      resolve: ({ version }) => version?.version ?? null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null before.',
    }),
  }),
});

const ImportInput = builder.inputType('ImportHuggingFaceDatasetInput', {
  description: 'What is to be brought from the Hugging Face Hub.',
  fields: (t) => ({
    repo: t.string({ required: true, description: 'organisation/name, as in the address of its page.' }),
    config: t.string({ description: "A subset; null takes the card's default." }),
    split: t.string({ description: 'One split; null takes all.' }),
    revision: t.string({ description: 'Branch, tag or commit; null takes `main`.' }),
    name: t.string({
      description: 'Name of the data set; null takes that of the repository, with the config behind it.',
    }),
  }),
});

const ImportSuccess = builder.objectRef<{ data: ImportRow }>('MutationImportDatasetSuccess').implement({
  description: 'It is on its way.',
  authScopes: writes,
  fields: (t) => ({
    data: t.field({ type: DatasetImport, description: 'The import.', resolve: ({ data }) => data }),
  }),
});

const ImportResult = builder.errorUnion('ImportDatasetResult', {
  description: 'The import, or why there is none.',
  types: [ImportSuccess, ValidationError, ConflictError, NotFoundError],
  resolveType: () => 'MutationImportDatasetSuccess',
});

const idempotency = 'Any text of your own, one for each import; null when repeats are fine.';

builder.mutationFields((t) => ({
  importHuggingFaceDataset: t.field({
    type: ImportResult,
    authScopes: writes,
    description:
      'A worker resolves the commit, downloads, checks and publishes a version. Asked for again, a broken one goes on where it stopped.',
    args: {
      input: t.arg({ type: ImportInput, required: true, description: 'What to bring.' }),
      idempotencyKey: t.arg.string({ description: idempotency }),
    },
    resolve: async (_root, { input, idempotencyKey }, context) => {
      const wanted = await checked(context, input);
      return { data: await begin(context, wanted, idempotencyKey ?? undefined) } as never;
    },
  }),
  cancelDatasetImport: t.field({
    type: ImportResult,
    authScopes: writes,
    description: 'Stops it within a second; what was downloaded stays in the cache.',
    args: { id: t.arg.id({ required: true, description: 'Of the import.' }) },
    resolve: async (_root, { id }, { prisma }) => {
      const row = isId(id) ? await prisma.datasetImport.findUnique({ where: { id } }) : null;
      if (row === null) throw new NotFoundError('import', id);
      const { count } = await prisma.datasetImport.updateMany({
        where: { id, status: { in: ['QUEUED', 'RUNNING'] } },
        data: { status: 'CANCELLED', finishedAt: new Date() },
      });
      if (count === 0) throw new ConflictError('the import is over');
      return { data: await prisma.datasetImport.findUniqueOrThrow({ where: { id } }) } as never;
    },
  }),
}));

builder.queryFields((t) => ({
  datasetImports: t.prismaField({
    type: [DatasetImport],
    authScopes: reads,
    description: 'Newest first.',
    args: {
      first: t.arg.int({
        defaultValue: 10,
        validate: z.number().min(1).max(200).nullish(),
        description: 'At most so many, 1 to 200.',
      }),
    },
    resolve: (query, _root, { first }, { prisma }) =>
      prisma.datasetImport.findMany({ ...query, orderBy: { createdAt: 'desc' }, take: first ?? 10 }),
  }),
  uploadLimit: t.field({
    type: 'BigInt',
    authScopes: reads,
    description: 'Bytes of an uploaded file at most, unpacked.',
    resolve: (_root, _args, { uploadLimit }) => BigInt(uploadLimit),
  }),
}));

interface Wanted {
  readonly repo: string;
  readonly config: string | null;
  readonly split: string | null;
  readonly revision: string;
  readonly name: string;
}

async function checked(
  { homes, prisma }: Services,
  input: { [Key in Exclude<keyof Wanted, 'repo'>]?: string | null | undefined } & { repo: string },
): Promise<Wanted> {
  const repo = input.repo
    .trim()
    .replace(/^https?:\/\/[^/]+\/datasets\//, '')
    .replace(/\/+$/, '');
  const config = input.config?.trim() || null;
  const base = repo.split('/').at(-1) ?? '';
  const name = input.name?.trim() || (config === null || config === 'default' ? base : `${base}-${config}`);
  const revision = input.revision?.trim() || 'main';
  try {
    checkRepository({ type: 'dataset', name: repo });
    checkRevision(revision);
    checkDatasetName(name);
    await newestVersion(homes[0] ?? '.', name);
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    throw ValidationError.of(thrown);
  }
  const known = await prisma.dataset.findUnique({ where: { name } });
  if (known?.bundled) {
    const message = `name: the data set "${name}" comes with the program; allowed: another name`;
    throw new ValidationError([{ path: 'name', message, value: name }]);
  }
  return {
    repo,
    config,
    split: input.split?.trim() || null,
    revision,
    name,
  };
}

async function begin({ prisma }: Services, wanted: Wanted, key: string | undefined): Promise<ImportRow> {
  return prisma.$transaction(async (transaction) => {
    const same = key && (await transaction.datasetImport.findUnique({ where: { idempotencyKey: key } }));
    if (same) return same;
    const row = await transaction.datasetImport.create({ data: { ...wanted, idempotencyKey: key ?? null } });
    // One after the other for a repository: they share its files in the cache.
    const queue = `hub/${wanted.repo}`;
    await enqueue(transaction, 'import-dataset', { importId: row.id }, { queue, maxAttempts: 5 });
    return row;
  });
}
