// deleteDataset: all versions of an uploaded or imported data set, once nothing depends on it or somebody insists.
import { BancadaError, discardDataset, newestVersion } from '@bancada/core';
import { appendActivity } from '@bancada/prisma';
import { builder, writes } from '../builder.ts';
import type { Services } from '../context.ts';
import { datasetDependents } from '../dataset/dependents.ts';
import { ConflictError, NotFoundError } from './error.ts';

const DeleteDatasetSuccess = builder.objectRef<{ data: string }>('MutationDeleteDatasetSuccess').implement({
  description: 'It is gone, with all its versions and files.',
  authScopes: writes,
  fields: (t) => ({ data: t.exposeString('data', { description: 'The name it had, free again.' }) }),
});

const DeleteDatasetResult = builder.errorUnion('DeleteDatasetResult', {
  description: 'What was deleted, or why it is still there.',
  types: [DeleteDatasetSuccess, NotFoundError, ConflictError],
  resolveType: () => 'MutationDeleteDatasetSuccess',
});

builder.mutationField('deleteDataset', (t) =>
  t.field({
    type: DeleteDatasetResult,
    authScopes: writes,
    description:
      'Refused while tasks, suites or runs depend on it, naming them, unless `force`; always for what comes with the program or is kept by hand.',
    args: {
      name: t.arg.string({ required: true, description: 'Name of the data set.' }),
      force: t.arg.boolean({ defaultValue: false, description: 'Deletes it all the same.' }),
    },
    resolve: async (_root, { name, force }, context) => {
      await deleteDataset(context, name, force ?? false);
      return { data: name } as never;
    },
  }),
);

async function deleteDataset({ prisma, pool, homes }: Services, name: string, force: boolean): Promise<void> {
  const dataset = await prisma.dataset.findUnique({ where: { name } });
  if (dataset === null) throw new NotFoundError('data set', name);
  if (dataset.bundled) throw new ConflictError(`the data set "${name}" comes with the program`);
  const home = homes[0] ?? '.';
  const onDisk = await newestVersion(home, name).catch((thrown: unknown) => {
    throw thrown instanceof BancadaError ? new ConflictError(thrown.message) : thrown;
  });
  const dependents = force ? [] : await datasetDependents(pool, name);
  if (dependents.length > 0) {
    const words = dependents.map((one) => `${one.kind} ${one.name}`).join(', ');
    throw new ConflictError(`the data set "${name}" is used by ${words}: delete them first, or use force`);
  }
  await prisma.dataset.delete({ where: { name } });
  if (onDisk > 0) await discardDataset(home, name);
  await appendActivity(pool, { kind: 'dataset.changed' });
}
