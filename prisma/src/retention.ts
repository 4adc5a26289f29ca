// How long samples, hardware rows and logs are kept: the rules, what they would delete, and the deleting in small steps.
import { query, type Sql } from './sql.ts';

/** What rules are made for. */
export const retentionSubjects = ['samples', 'hardware', 'logs'] as const;

/** One of {@link retentionSubjects}. */
export type RetentionSubject = (typeof retentionSubjects)[number];

/** A rule; `keepDays` and `keepRuns` both keep, and without either everything is kept. */
export interface RetentionRuleValue {
  readonly subject: RetentionSubject;
  /** Null: for all runs whose suite has no rule of its own. */
  readonly suiteId: string | null;
  /** Days after the end of the run. */
  readonly keepDays: number | null;
  /** The last runs of each suite. */
  readonly keepRuns: number | null;
}

/** Rows by subject. */
export type RetentionCounts = Readonly<Record<RetentionSubject, number>>;

/** Before somebody says otherwise: hardware rows grow by the clock and are kept for 30 days, the rest for ever. */
export const defaultRetention: readonly RetentionRuleValue[] = [
  { subject: 'samples', suiteId: null, keepDays: null, keepRuns: null },
  { subject: 'hardware', suiteId: null, keepDays: 30, keepRuns: null },
  { subject: 'logs', suiteId: null, keepDays: null, keepRuns: null },
];

// Rows deleted by one statement: it must not keep others waiting.
const batchSize = 5_000;

/** The rules in force: those that were saved, and the defaults of the subjects that have none. */
export async function readRetention(sql: Sql): Promise<RetentionRuleValue[]> {
  const saved = await query<RetentionRuleValue>(
    sql,
    'select subject, "suiteId"::text, "keepDays", "keepRuns" from "RetentionRule" order by subject, "suiteId" nulls first',
  );
  const missing = defaultRetention.filter(
    ({ subject }) => !saved.some((rule) => rule.subject === subject && rule.suiteId === null),
  );
  return [...saved, ...missing];
}

// $1: the rules as JSON, $2: the subject. The rule of each run, and whether it still keeps the run's data.
const ruled = `
  rule as (select * from jsonb_to_recordset($1::jsonb) as given (subject text, "suiteId" uuid, "keepDays" int, "keepRuns" int)
           where subject = $2::text),
  ruled as (
    select r.id, r."startedAt", r."finishedAt", r.status not in ('SUCCEEDED', 'FAILED', 'CANCELLED')
        or (days is null and runs is null)
        or (days is not null and coalesce(r."finishedAt", r."createdAt") > now() - make_interval(days => days))
        or (runs is not null and r.recency <= runs) as kept
    from (select *, row_number() over (partition by "suiteId" order by "createdAt" desc, id desc) as recency from "Run") r
    left join rule own on own."suiteId" = r."suiteId"
    left join rule general on general."suiteId" is null
    cross join lateral (select case when own.subject is null then general."keepDays" else own."keepDays" end as days,
                               case when own.subject is null then general."keepRuns" else own."keepRuns" end as runs) choice)`;

// Hardware rows belong to a machine: those of the clock's last days stay, and those of runs that a rule of their suite keeps.
const oldHardware = `
  from "HardwareSample" h
  where exists (select 1 from rule where "suiteId" is null and "keepDays" is not null and h.at < now() - make_interval(days => "keepDays"))
    and not exists (select 1 from ruled r join "Run" run on run.id = r.id join rule own on own."suiteId" = run."suiteId"
                    where r.kept and h.at between r."startedAt" and coalesce(r."finishedAt", now()))`;

const oldSamples = `
  from "Sample" s join "Evaluation" e on e.id = s."evaluationId" join ruled r on r.id = e."runId" where not r.kept`;

// Lines outside of runs go by the days of the default, 30 when it has none.
const oldLogs = `
  from "LogLine" l left join ruled r on r.id = l."runId"
  where (l."runId" is not null and not r.kept) or (l."runId" is null and l."createdAt" < now() - make_interval(days =>
    coalesce((select "keepDays" from rule where "suiteId" is null), 30)))`;

const sources: Readonly<Record<RetentionSubject, string>> = {
  samples: oldSamples,
  hardware: oldHardware,
  logs: oldLogs,
};

// Each ends with what is gone.
const deletions: Readonly<Record<Exclude<RetentionSubject, 'samples'>, string>> = {
  hardware: `gone as (delete from "HardwareSample" where ("workerId", at) in (select h."workerId", h.at ${oldHardware} limit ${batchSize}) returning 1)`,
  logs: `gone as (delete from "LogLine" where id in (select l.id ${oldLogs} limit ${batchSize}) returning 1)`,
};

const oldEvaluations = `
  select e.id::text from "Evaluation" e join ruled r on r.id = e."runId"
  where not r.kept and exists (select 1 from "Sample" s where s."evaluationId" = e.id) order by e.id`;

// $3: an evaluation, $4: the item from which on. In the order of the index, so that no statement wades through what
// those before it deleted. Metrics and records of the run stay; that its samples went is written down with the first.
const deleteSamples = `
  owner as (select e.id, e."runId" from "Evaluation" e join ruled r on r.id = e."runId" where e.id = $3::uuid and not r.kept),
  doomed as (select s.id, s.item from "Sample" s join owner on owner.id = s."evaluationId"
    where s."evaluationId" = $3::uuid and s.item >= $4::int order by s.item, s.repeat limit ${batchSize}),
  marked as (update "Run" set "samplesPrunedAt" = now()
    where id in (select "runId" from owner) and "samplesPrunedAt" is null and exists (select 1 from doomed)),
  gone as (delete from "Sample" where id in (select id from doomed) returning 1)
  select (select count(*)::int from gone) as n, (select max(item) from doomed) as item`;

/** How many rows the rules would delete now; nothing is deleted. */
export async function countPrunable(
  sql: Sql,
  rules: readonly RetentionRuleValue[],
): Promise<RetentionCounts> {
  const counts: Record<RetentionSubject, number> = { samples: 0, hardware: 0, logs: 0 };
  for (const subject of retentionSubjects) {
    const [row] = await query<{ n: number }>(
      sql,
      `with ${ruled} select count(*)::int as n ${sources[subject]}`,
      [JSON.stringify(rules), subject],
    );
    counts[subject] = row?.n ?? 0;
  }
  return counts;
}

/** Deletes what the rules no longer keep, some thousand rows a statement, each its own transaction. Stops early when told to. */
export async function pruneByRules(
  sql: Sql,
  rules: readonly RetentionRuleValue[],
  signal?: AbortSignal,
): Promise<RetentionCounts> {
  const given = JSON.stringify(rules);
  return {
    samples: await pruneSamples(sql, given, signal),
    hardware: await pruneRows(sql, given, 'hardware', signal),
    logs: await pruneRows(sql, given, 'logs', signal),
  };
}

async function pruneRows(
  sql: Sql,
  rules: string,
  subject: keyof typeof deletions,
  signal: AbortSignal | undefined,
): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    const [row] = await query<{ n: number }>(
      sql,
      `with ${ruled}, ${deletions[subject]} select count(*)::int as n from gone`,
      [rules, subject],
    );
    const deleted = row?.n ?? 0;
    total += deleted;
    if (deleted < batchSize) break;
  }
  return total;
}

async function pruneSamples(sql: Sql, rules: string, signal: AbortSignal | undefined): Promise<number> {
  const evaluations = await query<{ id: string }>(sql, `with ${ruled} ${oldEvaluations}`, [rules, 'samples']);
  let total = 0;
  for (const { id } of evaluations) {
    let from = 0;
    for (let deleted = batchSize; deleted === batchSize && !signal?.aborted; ) {
      const [row] = await query<{ n: number; item: number | null }>(sql, `with ${ruled}, ${deleteSamples}`, [
        rules,
        'samples',
        id,
        from,
      ]);
      deleted = row?.n ?? 0;
      from = row?.item ?? from;
      total += deleted;
    }
  }
  return total;
}
