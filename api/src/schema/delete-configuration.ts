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

interface Found extends Deleted {
  readonly bundled: boolean;
  readonly versions: readonly { readonly saved: boolean }[];
}

interface Kind {
  find(prisma: Services['prisma'], id: string): Promise<Found | null>;
  remove(prisma: Services['prisma'], id: string): Promise<unknown>;
  /** What still needs it, as people would name it. */
  dependents(services: Pick<Services, 'prisma' | 'pool'>, found: Found): Promise<readonly string[]>;
}

const include = { versions: { select: { saved: true } } } as const;

const kinds: Readonly<Record<'prompt' | 'task' | 'suite', Kind>> = {
  prompt: {
    find: (prisma, id) => prisma.prompt.findUnique({ where: { id }, include }),
    remove: (prisma, id) => prisma.prompt.delete({ where: { id } }),
    dependents: ({ pool }, { name }) => dependentsOf(pool, 'prompt', name),
  },
  task: {
    find: (prisma, id) => prisma.task.findUnique({ where: { id }, include }),
    remove: (prisma, id) => prisma.task.delete({ where: { id } }),
    dependents: ({ pool }, { name }) => dependentsOf(pool, 'task', name),
  },
  suite: {
    find: (prisma, id) => prisma.suite.findUnique({ where: { id }, include }),
    remove: (prisma, id) => prisma.suite.delete({ where: { id } }),
    dependents: async ({ prisma }, { id }) => [
      ...(await unfinishedRuns(prisma, id)),
      ...(await schedulesOf(prisma, id)),
    ],
  },
};

async function deleteOne(
  name: keyof typeof kinds,
  id: string,
  services: Pick<Services, 'prisma' | 'pool'>,
): Promise<Deleted> {
  const kind = kinds[name];
  const found = isId(id) ? await kind.find(services.prisma, id) : null;
  if (found === null) throw new NotFoundError(name, id);
  requireOwn(name, found);
  requireFree(name, found.name, await kind.dependents(services, found));
  await kind.remove(services.prisma, id);
  return { id, name: found.name };
}

builder.mutationFields((t) => {
  const deletion = (name: keyof typeof kinds) =>
    t.field({
      type: DeleteConfigurationResult,
      authScopes: writes,
      description: refusal,
      args: { id: t.arg.id({ description: 'Its id.', required: true }) },
      resolve: async (_root, { id }, context) => ({ data: await deleteOne(name, id, context) }) as never,
    });
  return {
    deletePrompt: deletion('prompt'),
    deleteTask: deletion('task'),
    deleteSuite: deletion('suite'),
  };
});

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

function requireOwn(kind: string, { name, bundled, versions }: Found): void {
  if (bundled) throw new ConflictError(`the ${kind} "${name}" comes with the program and stays`);
  if (versions.some(({ saved }) => !saved))
    throw new ConflictError(`the ${kind} "${name}" is a file of the home: delete the file`);
}

function requireFree(kind: string, name: string, dependents: readonly string[]): void {
  if (dependents.length === 0) return;
  throw new ConflictError(`the ${kind} "${name}" is used by ${dependents.join(', ')}`);
}
