// From a suite to what will be done: every name resolved, every cell an evaluation, every fault found before anything runs.
import { randomUUIDv7 } from 'node:crypto';
import type { ResolvedModel } from '../model/open.ts';
import type { RagVariant } from '../rag/variant.ts';
import type { Task } from '../task/task.ts';
import { readEnvironment } from './environment.ts';
import { FaultList } from './fault-list.ts';
import { fingerprintOf } from './fingerprint.ts';
import { checkGates } from './gate-check.ts';
import { closedBook } from './gates.ts';
import { variantName } from './matrix.ts';
import { type PlannedModel, planModels } from './plan-models.ts';
import { type PlannedRag, planRag } from './plan-rag.ts';
import { type PlannedTask, planTasks } from './plan-tasks.ts';
import type { EvaluationRecord, RunRecord } from './record.ts';
import type { ResourceContext } from './resources.ts';
import type { Suite } from './suite.ts';
import type { Gate } from './suite-schema.ts';

/** Where names are looked up and secrets and indexes are. */
export type PlanContext = Omit<ResourceContext, 'baseDirectory'>;

/** One evaluation with what it needs. */
export interface PlannedEvaluation {
  readonly record: EvaluationRecord;
  readonly task: Task;
  readonly model: ResolvedModel;
  /** Undefined for closed book. */
  readonly rag: RagVariant | undefined;
  readonly limit: number | undefined;
}

/** A run that can be executed. */
export interface Plan {
  readonly run: RunRecord;
  /** By model, so that each is loaded once. */
  readonly evaluations: readonly PlannedEvaluation[];
  readonly gates: readonly Gate[];
  readonly seed: number;
  readonly context: ResourceContext;
}

/**
 * Plans a run of a suite. Reads no model weights.
 * @throws BancadaError for a single fault, BancadaErrors with all of them: unknown names, files that are missing or wrong, axes that lead nowhere.
 */
export async function planRun(suite: Suite, planContext: PlanContext): Promise<Plan> {
  const { definition, baseDirectory } = suite;
  const context: ResourceContext = { ...planContext, baseDirectory };
  const faults = new FaultList(suite);
  const environment = readEnvironment();
  const models = await planModels(suite, context, faults);
  const tasks = await planTasks(suite, context, faults);
  const variants = await planRag(suite, context, faults);
  faults.throwIfAny();
  const runId = randomUUIDv7();
  const variantsOfTasks = await planVariants(tasks, variants, faults);
  faults.throwIfAny();
  const cells = models.flatMap((model) => variantsOfTasks.map((variant) => ({ model, ...variant })));
  const evaluations = cells.map((cell, position) => evaluationOf(suite, cell, runId, position));
  checkGates(
    definition.gates,
    evaluations.map(({ record }) => record),
    faults,
  );
  faults.throwIfAny();
  const run: RunRecord = {
    id: runId,
    name: definition.name,
    fingerprint: fingerprintOf({
      name: definition.name,
      evaluations: evaluations.map(({ record }) => record.fingerprint),
    }),
    status: 'queued',
    createdAt: new Date().toISOString(),
    snapshot: {
      suite: { file: suite.file, text: suite.text, resolved: definition },
      environment: await environment,
    },
  };
  return { run, evaluations, gates: definition.gates, seed: definition.seed, context };
}

interface TaskVariant {
  readonly planned: PlannedTask;
  /** With the variant's own prompt, when it has one. */
  readonly task: Task;
  readonly rag: PlannedRag | undefined;
}

interface Cell extends TaskVariant {
  readonly model: PlannedModel;
}

async function planVariants(
  tasks: readonly PlannedTask[],
  variants: readonly PlannedRag[],
  faults: FaultList,
): Promise<TaskVariant[]> {
  const found: TaskVariant[] = [];
  for (const planned of tasks) {
    found.push({ planned, task: planned.task, rag: undefined });
    for (const rag of planned.task.retrieves ? variants : []) {
      const { prompt } = rag.variant;
      const load = async () => (prompt === undefined ? planned.task : planned.withPrompt(prompt));
      const task = await faults.collect(['rag', rag.position, 'prompt'], load);
      if (task) found.push({ planned, task, rag });
    }
  }
  return found;
}

function evaluationOf(
  suite: Suite,
  { model, planned, task, rag }: Cell,
  runId: string,
  position: number,
): PlannedEvaluation {
  const { limit, items, combination } = planned;
  const { seed, repeat } = suite.definition;
  const name = variantName(rag?.variant.name ?? closedBook, [...(rag?.combination ?? []), ...combination]);
  const parameters = {
    seed,
    limit,
    model: model.spec,
    rag: rag && { variant: rag.variant, corpus: rag.corpus },
    task: task.config,
    taskVersion: task.version,
    dataset: { name: task.dataset.name, split: task.split, splits: task.dataset.splits },
  };
  return {
    record: {
      id: evaluationId(runId, position),
      runId,
      task: task.name,
      model: model.resolved.name,
      variant: name,
      outputType: task.outputType,
      numFewshot: task.numFewshot,
      repeats: repeat,
      metrics: task.metrics,
      fingerprint: fingerprintOf({
        task: task.fingerprint,
        model: [model.resolved.name, model.spec],
        variant: name,
        rag: parameters.rag,
        limit,
        repeat,
        seed,
      }),
      parameters,
      planned: items === undefined ? undefined : items * repeat,
      status: 'pending',
    },
    task,
    model: model.resolved,
    rag: rag?.variant,
    limit,
  };
}

/** The id of the evaluation at a position of the plan. */
export function evaluationId(runId: string, position: number): string {
  return `${runId}/${position}`;
}
