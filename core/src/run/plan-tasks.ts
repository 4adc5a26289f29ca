// The tasks of a suite, groups expanded, one for each combination of the matrix that changes it.
import { BancadaError } from '../errors.ts';
import { expandTask } from '../task/expand.ts';
import { loadTask } from '../task/load.ts';
import type { TaskContext, TaskReference } from '../task/reference.ts';
import type { Task } from '../task/task.ts';
import { countItems } from './count-items.ts';
import { emptyTask } from './empty-task.ts';
import type { FaultList } from './fault-list.ts';
import { type Axis, type Combination, combinations, readAxes, withValues } from './matrix.ts';
import type { ResourceContext } from './resources.ts';
import type { Suite } from './suite.ts';
import {
  generationSchema,
  type SuiteDefinition,
  type SuiteTask,
  taskSettingsSchema,
} from './suite-schema.ts';

/** A task with one value for each axis. */
export interface PlannedTask {
  readonly task: Task;
  readonly combination: Combination;
  readonly limit: number | undefined;
  /** Items that will be walked; undefined when the split cannot be read. */
  readonly items: number | undefined;
  /** The same task with another prompt for what was retrieved. */
  readonly withPrompt: (name: string) => Promise<Task>;
}

/** The axes of a suite's matrix. @throws BancadaError INVALID_INPUT for a path that leads nowhere. */
export function suiteAxes(definition: SuiteDefinition): Axis[] {
  return readAxes(
    definition.matrix,
    Object.keys(taskSettingsSchema.shape),
    Object.keys(generationSchema.shape),
  );
}

/** Loads every task in every combination; those of generation are left out where nothing is generated. */
export async function planTasks(
  suite: Suite,
  context: ResourceContext,
  faults: FaultList,
): Promise<PlannedTask[]> {
  const axes = (await faults.collect(['matrix'], () => suiteAxes(suite.definition))) ?? [];
  const planned: PlannedTask[] = [];
  for (const [position, entry] of suite.definition.tasks.entries()) {
    const found = await faults.collect(['tasks', position], () => planTask(suite, entry, axes, context));
    const doubled = found?.find(({ task }) => planned.some((other) => other.task.name === task.name));
    if (doubled) {
      const summary = `the task "${doubled.task.name}" is already in the suite, by itself or in a group`;
      faults.add(['tasks', position], new BancadaError('DUPLICATE_NAME', summary));
    }
    planned.push(...(found ?? []));
  }
  return planned;
}

async function planTask(
  { definition, baseDirectory }: Suite,
  entry: SuiteTask,
  axes: readonly Axis[],
  { homes, datasetVersions }: ResourceContext,
): Promise<PlannedTask[]> {
  const context: TaskContext = {
    homes,
    baseDirectory,
    datasetVersions,
    seed: definition.seed,
  };
  const { limit: _, ...named } = referenceTo(definition, entry, []);
  const planned: PlannedTask[] = [];
  for (const member of await expandTask(named, context)) {
    const load = async (combination: Combination): Promise<PlannedTask> => {
      const { limit, ...reference } = memberReference(member, referenceTo(definition, entry, combination));
      const withPrompt = (rag_prompt: string) => loadTask({ ...reference, rag_prompt }, context);
      const task = await openTask(reference, context);
      const most = lowest(limit, definition.limit);
      return { task, combination, limit: most, items: await countItems(task, most), withPrompt };
    };
    const { outputType } = (await load([])).task;
    const generates = outputType === 'generate_until' || outputType === 'chat';
    const varying = axes.filter(({ target }) => target === 'task' || (generates && target === 'generation'));
    planned.push(...(await Promise.all(combinations(varying).map(load))));
  }
  return planned;
}

// An empty data set fails its evaluations alone; every other fault stops the plan.
async function openTask(reference: TaskReference, context: TaskContext): Promise<Task> {
  try {
    return await loadTask(reference, context);
  } catch (thrown) {
    if (thrown instanceof BancadaError && thrown.code === 'DATASET_EMPTY')
      return emptyTask(reference, context, thrown);
    throw thrown;
  }
}

function referenceTo(
  { generation }: SuiteDefinition,
  entry: SuiteTask,
  combination: Combination,
): TaskReference & { readonly limit?: number | undefined } {
  const { generation_kwargs = {}, ...settings } = typeof entry === 'string' ? { task: entry } : entry;
  const of = (target: Axis['target']) => combination.filter(({ axis }) => axis.target === target);
  const generationValues = withValues({ ...generation, ...generation_kwargs }, of('generation'));
  const reference = withValues({ ...settings }, of('task')) as unknown as TaskReference;
  return Object.keys(generationValues).length === 0
    ? reference
    : { ...reference, generation_kwargs: generationValues };
}

// What a group says of its member holds until the suite says otherwise.
function memberReference<Reference extends TaskReference>(member: TaskReference, own: Reference): Reference {
  const generation_kwargs = { ...member.generation_kwargs, ...own.generation_kwargs };
  const merged = { ...member, ...own, task: member.task };
  return Object.keys(generation_kwargs).length === 0 ? merged : { ...merged, generation_kwargs };
}

function lowest(...limits: (number | undefined)[]): number | undefined {
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
