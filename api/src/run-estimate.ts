// What a plan will cost: its counts, times what earlier samples of the same models and tasks took.
import { detectableDifference, type Plan, type PlannedEvaluation } from '@bancada/core';
import type { Pool } from 'pg';

/** `undefined` where nothing earlier tells. */
export interface RunEstimate {
  readonly evaluations: number;
  readonly samples: number;
  readonly requests: number;
  readonly promptTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly seconds: number | undefined;
  readonly models: readonly string[];
  readonly tasks: readonly string[];
  readonly detectableDifference: number | undefined;
  readonly warnings: readonly string[];
}

/** What one sample took, on average, of this model and task, or else of this model. */
interface Experience {
  readonly model: string;
  readonly task: string;
  readonly millisecondsEach: number;
  readonly promptTokensEach: number;
  readonly outputTokensEach: number;
}

// Two models that are right half of the time, independently of each other, differ on half of the items.
const flipShare = 0.5;
// Items that are looked at to see how many requests one makes.
const probedItems = 8;

/** Evaluations run one after the other in the estimate, which is right for one worker with local models. */
export async function estimateRun(pool: Pool, { evaluations, run }: Plan): Promise<RunEstimate> {
  const models = [...new Set(evaluations.map(({ record }) => record.model))];
  const tasks = [...new Set(evaluations.map(({ record }) => record.task))];
  const experiences = await readExperiences(pool, models);
  const requestsEach = await Promise.all(tasks.map((task) => requestsPerSample(evaluations, task)));
  const cells = evaluations.map(({ record }) => {
    const known = experiences.filter(({ model }) => model === record.model);
    const experience = known.find(({ task }) => task === record.task) ?? known[0];
    const samples = record.planned ?? 0;
    return { samples, requests: samples * (requestsEach[tasks.indexOf(record.task)] ?? 1), experience };
  });
  const total = (each: (experience: Experience) => number): number | undefined =>
    cells.every(({ experience }) => experience !== undefined)
      ? cells.reduce((sum, { samples, experience }) => sum + samples * (experience ? each(experience) : 0), 0)
      : undefined;
  const milliseconds = total(({ millisecondsEach }) => millisecondsEach);
  const items = pairedItems(evaluations);
  return {
    evaluations: evaluations.length,
    samples: cells.reduce((sum, { samples }) => sum + samples, 0),
    requests: Math.round(cells.reduce((sum, { requests }) => sum + requests, 0)),
    promptTokens: total(({ promptTokensEach }) => promptTokensEach),
    outputTokens: total(({ outputTokensEach }) => outputTokensEach),
    seconds: milliseconds === undefined ? undefined : milliseconds / 1000,
    models,
    tasks,
    detectableDifference:
      items > 1 ? detectableDifference({ n: items, standardDeviation: Math.sqrt(flipShare) }) : undefined,
    warnings: warningsOf(evaluations, models, experiences, run.name),
  };
}

// Items that one model answers, closed book: what a comparison of two models can pair.
function pairedItems(evaluations: readonly PlannedEvaluation[]): number {
  const [first] = evaluations;
  return evaluations
    .filter(({ record, rag }) => rag === undefined && record.model === first?.record.model)
    .reduce((sum, { record }) => sum + (record.planned ?? 0) / record.repeats, 0);
}

function warningsOf(
  evaluations: readonly PlannedEvaluation[],
  models: readonly string[],
  experiences: readonly Experience[],
  name: string,
): string[] {
  const unknown = models.filter((model) => !experiences.some((one) => one.model === model));
  const uncounted = evaluations.filter(({ record }) => record.planned === undefined);
  return [
    ...(unknown.length > 0
      ? [`No earlier run of ${unknown.join(', ')}: how long ${name} takes is not known.`]
      : []),
    ...(uncounted.length > 0
      ? [`${uncounted.length} evaluations tell their size only while they run; they are not counted.`]
      : []),
  ];
}

async function requestsPerSample(evaluations: readonly PlannedEvaluation[], task: string): Promise<number> {
  const found = evaluations.find(({ record }) => record.task === task);
  if (found === undefined) return 1;
  let items = 0;
  let requests = 0;
  for await (const item of found.task.items({ limit: Math.min(probedItems, found.limit ?? probedItems) })) {
    items += 1;
    requests += item.requests(0, []).length;
  }
  return items === 0 ? 1 : requests / items;
}

async function readExperiences(pool: Pool, models: readonly string[]): Promise<Experience[]> {
  const { rows } = await pool.query<Experience>(
    `select e.model, e.task, sum(e."activeMs") / sum(e.done) as "millisecondsEach", avg(s.prompt) as "promptTokensEach", avg(s.output) as "outputTokensEach"
     from "Evaluation" e cross join lateral (
       select avg("promptTokens")::float8 as prompt, avg("outputTokens")::float8 as output
       from (select "promptTokens", "outputTokens" from "Sample" where "evaluationId" = e.id and failure is null limit 200) s) s
     where e.model = any ($1) and e.done > 0 and e."activeMs" > 0 group by e.model, e.task`,
    [models],
  );
  return rows;
}
