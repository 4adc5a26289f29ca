// RunInput: what a run is made of, checked by core before anything is kept.
import { BancadaError, datasetVersionsOf, lastSuccess, type Plan, planRun } from '@bancada/core';
import { homesWithLibrary, type Library, libraryOf, withDatasets } from '@bancada/prisma';
import { builder } from '../builder.ts';
import type { Services } from '../context.ts';
import { checkEndpoints } from '../model/capability.ts';
import { outsideHomes } from '../suite-paths.ts';
import { narrowedSuite, runSuite, suiteValue } from '../suite-text.ts';
import { isId } from './connection.ts';
import { CapabilityError, NotFoundError, ValidationError } from './error.ts';

/** GraphQL input `RunInput`. */
export const RunInput = builder.inputType('RunInput', {
  description: 'Exactly one of suiteId and suite. `suite` is YAML text (or JSON, which is YAML).',
  fields: (t) => ({
    suiteId: t.id({ description: 'Id of a registered suite; null when `suite` is given.' }),
    suite: t.string({ description: 'The suite itself, as YAML or JSON text; null when `suiteId` is given.' }),
    name: t.string({ description: "Of the run; the suite's own when left out." }),
    limit: t.int({ description: 'At most so many items of each task.' }),
    priority: t.int({
      description: 'From -1000 to 1000; runs with a lower one go first. 0 when left out.',
    }),
    models: t.stringList({ description: 'Only these models of the suite.' }),
    tasks: t.stringList({ description: 'Only these tasks of the suite.' }),
  }),
});

/** The same, as REST and tests give it. */
export interface RunRequest {
  readonly suiteId?: string | null | undefined;
  readonly suite?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly limit?: number | null | undefined;
  readonly priority?: number | null | undefined;
  readonly models?: readonly string[] | null | undefined;
  readonly tasks?: readonly string[] | null | undefined;
}

/** A request that can be run: what is kept, and the plan that proved it. */
export interface CheckedRun {
  readonly name: string;
  readonly suiteId: string | undefined;
  /** YAML, narrowed to the wanted models and tasks. */
  readonly config: string;
  readonly limit: number | undefined;
  readonly priority: number;
  readonly plan: Plan;
  /** Saved tasks and prompts that it may use, and the versions of data sets that it reads. */
  readonly library: Library | undefined;
}

/** Priorities lie between this and its negative. */
export const mostPriority = 1000;

/** @throws ValidationError, NotFoundError, CapabilityError. */
export async function checkRun(services: Services, request: RunRequest): Promise<CheckedRun> {
  const { suiteId, name, text } = await suiteOf(services, request);
  const limit = request.limit ?? undefined;
  if (limit !== undefined && limit < 1) throw invalid('limit', limit, 'limit: at least 1');
  const priority = request.priority ?? 0;
  if (Math.abs(priority) > mostPriority) {
    throw invalid('priority', priority, `priority: from -${mostPriority} to ${mostPriority}`);
  }
  const { secret, network, indexDirectory } = services;
  try {
    const config = narrowedSuite(text, {
      models: request.models ?? undefined,
      tasks: request.tasks ?? undefined,
    });
    const saved = await libraryOf(services.pool, config);
    const homes = await homesWithLibrary(services.homes, saved);
    const suite = runSuite(config, { homes: services.homes, limit, name });
    const outside = await outsideHomes(suite.definition, services.homes);
    if (outside.length > 0) throw new ValidationError(outside);
    const plan = await planRun(suite, { homes, secret, network, indexDirectory });
    await checkEndpoints(services, plan);
    await checkBaselines(services, plan.gates);
    const library = withDatasets(saved, await datasetVersionsOf(plan));
    const runName = request.name?.trim() || suite.definition.name;
    return { name: runName, suiteId, config, limit, priority, plan, library };
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    throw thrown.code === 'CAPABILITY_MISSING'
      ? CapabilityError.of(thrown)
      : ValidationError.of(thrown, (key) => suiteValue(text, key));
  }
}

/** A gate that compares with a run names one that is there. @throws ValidationError. */
async function checkBaselines({ prisma }: Services, gates: Plan['gates']): Promise<void> {
  for (const [position, { baseline }] of gates.entries()) {
    if (baseline === undefined || baseline === lastSuccess) continue;
    const there = isId(baseline) && (await prisma.run.count({ where: { id: baseline } })) > 0;
    if (there) continue;
    const key = `gates[${position}].baseline`;
    throw invalid(
      key,
      baseline,
      `${key}: there is no run "${baseline}"; allowed: last-success, or the id of a run`,
    );
  }
}

async function suiteOf({ prisma }: Services, { suiteId, suite }: RunRequest) {
  if ((suiteId ?? undefined) === undefined && suite)
    return { suiteId: undefined, name: undefined, text: suite };
  if (!suiteId || suite) {
    throw invalid('suite', suite ?? null, 'exactly one of suiteId and suite is wanted');
  }
  const version = isId(suiteId)
    ? await prisma.suiteVersion.findFirst({
        where: { suiteId },
        orderBy: { version: 'desc' },
        include: { suite: { select: { name: true } } },
      })
    : null;
  if (version === null) throw new NotFoundError('suite', suiteId);
  return { suiteId, name: version.suite.name, text: version.yaml };
}

function invalid(path: string, value: unknown, message: string): ValidationError {
  return new ValidationError([{ path, message, value }]);
}
