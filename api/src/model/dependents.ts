// What would miss a model: suites that name it, runs that are not over.
import type { Services } from '../context.ts';
import { suiteNames } from '../suite-names.ts';

/** One thing that names the model. */
export interface Dependent {
  readonly kind: 'suite' | 'run';
  readonly id: string;
  readonly name: string;
}

/** Suites in their latest version and unfinished runs; finished runs keep all they need. */
export async function dependentsOf({ prisma }: Services, model: string): Promise<Dependent[]> {
  const names = (given: string) => given === model || given.startsWith(`${model}:`);
  const suites = await prisma.suite.findMany({
    include: { versions: { orderBy: { version: 'desc' }, take: 1 } },
    orderBy: { name: 'asc' },
  });
  const runs = await prisma.run.findMany({
    where: { status: { in: ['QUEUED', 'RUNNING', 'PAUSED'] } },
    select: { id: true, name: true, config: true },
  });
  return [
    ...runs
      .filter(({ config }) => suiteNames(config).models.some(names))
      .map(({ id, name }) => ({ kind: 'run' as const, id, name })),
    ...suites
      .filter(({ versions }) => suiteNames(versions[0]?.yaml ?? '').models.some(names))
      .map(({ id, name }) => ({ kind: 'suite' as const, id, name })),
  ];
}
