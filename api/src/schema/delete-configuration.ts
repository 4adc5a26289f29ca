// deletePrompt, deleteTask, deleteSuite: all versions of what was saved here, when nothing depends on it.
import { builder, writes } from '../builder.ts';
import { dependentsOf } from '../configuration/dependents.ts';
import type { Services } from '../context.ts';
import { isId } from './connection.ts';
import { ConflictError, NotFoundError } from './error.ts';

interface Deleted {
  readonly id: string;
  readonly name: string;
}

const DeletedConfiguration = builder.objectRef<Deleted>('DeletedConfiguration').implement({
  description: 'What a deleted prompt, task or suite was.',
  authScopes: writes,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id it had.' }),
    name: t.exposeString('name', { description: 'The name it had, free again.' }),
  }),
});

const DeleteConfigurationSuccess = builder
  .objectRef<{ data: Deleted }>('MutationDeleteConfigurationSuccess')
  .implement({
    description: 'It is gone, with all its versions.',
    authScopes: writes,
    fields: (t) => ({
      data: t.field({
        description: 'What it was.',
        type: DeletedConfiguration,
        resolve: ({ data }) => data,
      }),
    }),
  });

const DeleteConfigurationResult = builder.errorUnion('DeleteConfigurationResult', {
  description: 'What was deleted, or why it is still there.',
  types: [DeleteConfigurationSuccess, NotFoundError, ConflictError],
  resolveType: () => 'MutationDeleteConfigurationSuccess',
});

const refusal =
  'Refused while a suite or task names it, a schedule uses it or a run of it is not over, and for what comes from a file. Runs keep the texts they were made with.';

builder.mutationFields((t) => ({
  deletePrompt: t.field({
    type: DeleteConfigurationResult,
    authScopes: writes,
    description: refusal,
    args: { id: t.arg.id({ description: 'Its id.', required: true }) },
    resolve: async (_root, { id }, { prisma, pool }) => {
      const prompt = isId(id)
        ? await prisma.prompt.findUnique({
            where: { id },
            include: { versions: { select: { saved: true } } },
          })
        : null;
      if (prompt === null) throw new NotFoundError('prompt', id);
      requireOwn('prompt', prompt);
      requireFree('prompt', prompt.name, await dependentsOf(pool, 'prompt', prompt.name));
      await prisma.prompt.delete({ where: { id } });
      return { data: { id, name: prompt.name } } as never;
    },
  }),
  deleteTask: t.field({
    type: DeleteConfigurationResult,
    authScopes: writes,
    description: refusal,
    args: { id: t.arg.id({ description: 'Its id.', required: true }) },
    resolve: async (_root, { id }, { prisma, pool }) => {
      const task = isId(id)
        ? await prisma.task.findUnique({ where: { id }, include: { versions: { select: { saved: true } } } })
        : null;
      if (task === null) throw new NotFoundError('task', id);
      requireOwn('task', task);
      requireFree('task', task.name, await dependentsOf(pool, 'task', task.name));
      await prisma.task.delete({ where: { id } });
      return { data: { id, name: task.name } } as never;
    },
  }),
  deleteSuite: t.field({
    type: DeleteConfigurationResult,
    authScopes: writes,
    description: refusal,
    args: { id: t.arg.id({ description: 'Its id.', required: true }) },
    resolve: async (_root, { id }, { prisma }) => {
      const suite = isId(id)
        ? await prisma.suite.findUnique({ where: { id }, include: { versions: { select: { saved: true } } } })
        : null;
      if (suite === null) throw new NotFoundError('suite', id);
      requireOwn('suite', suite);
      requireFree('suite', suite.name, [
        ...(await unfinishedRuns(prisma, id)),
        ...(await schedulesOf(prisma, id)),
      ]);
      await prisma.suite.delete({ where: { id } });
      return { data: { id, name: suite.name } } as never;
    },
  }),
}));

async function unfinishedRuns(prisma: Services['prisma'], suiteId: string): Promise<string[]> {
  const runs = await prisma.run.findMany({
    where: { suiteId, status: { in: ['QUEUED', 'RUNNING', 'PAUSED'] } },
    select: { name: true },
    take: 5,
  });
  return runs.map(({ name }) => `run ${name}`);
}

async function schedulesOf(prisma: Services['prisma'], suiteId: string): Promise<string[]> {
  const schedules = await prisma.schedule.findMany({
    where: { suiteId },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  return schedules.map(({ name }) => `schedule ${name}`);
}

function requireOwn(
  kind: string,
  { name, bundled, versions }: { name: string; bundled: boolean; versions: readonly { saved: boolean }[] },
): void {
  if (bundled) throw new ConflictError(`the ${kind} "${name}" comes with the program and stays`);
  if (versions.some(({ saved }) => !saved))
    throw new ConflictError(`the ${kind} "${name}" is a file of the home: delete the file`);
}

function requireFree(kind: string, name: string, dependents: readonly string[]): void {
  if (dependents.length === 0) return;
  throw new ConflictError(`the ${kind} "${name}" is used by ${dependents.join(', ')}`);
}
