// What would miss a data set that is deleted: tasks that read it, suites with those tasks, runs of it.
import { query, type Sql } from '@bancada/prisma';
import { dependentsOf } from '../configuration/dependents.ts';

/** One thing that depends on a data set. */
export interface DatasetDependent {
  readonly kind: 'task' | 'suite' | 'run';
  readonly name: string;
  /** Of the task, suite or run. */
  readonly id: string;
  /** A run that is not over. */
  readonly active: boolean;
}

const mostRuns = 50;

/** Tasks, then suites, then the newest 50 runs. */
export async function datasetDependents(sql: Sql, name: string): Promise<DatasetDependent[]> {
  const tasks = await query<{ id: string; name: string }>(
    sql,
    `select "Task".id, "Task".name from "Task" join lateral (select dataset, yaml from "TaskVersion"
       where "taskId" = "Task".id order by version desc limit 1) newest on true
     where split_part(regexp_replace(newest.dataset, '^.*/', ''), '@', 1) = $1
        or regexp_replace(newest.dataset, '^.*/', '') || '-' || substring(newest.yaml from '(?m)^dataset_name: *["'']?([^"''\\n]+?)["'']? *$') = $1
     order by 2`,
    [name],
  );
  const suites = new Set<string>();
  for (const task of tasks) {
    const words = await dependentsOf(sql, 'task', task.name);
    for (const word of words) if (word.startsWith('suite ')) suites.add(word.slice('suite '.length));
  }
  const suiteRows = await query<{ id: string; name: string }>(
    sql,
    'select id, name from "Suite" where name = any($1) order by name',
    [[...suites]],
  );
  const runs = await query<{ id: string; name: string; active: boolean }>(
    sql,
    `select id, name, status in ('QUEUED', 'RUNNING', 'PAUSED') as active from "Run" where exists (
       select 1 from "Evaluation" where "runId" = "Run".id and record->'parameters'->'dataset'->>'name' = $1)
     order by "createdAt" desc limit ${mostRuns}`,
    [name],
  );
  return [
    ...tasks.map(({ id, name: task }) => ({ kind: 'task' as const, id, name: task, active: false })),
    ...suiteRows.map(({ id, name: suite }) => ({ kind: 'suite' as const, id, name: suite, active: false })),
    ...runs.map((run) => ({ kind: 'run' as const, ...run })),
  ];
}
