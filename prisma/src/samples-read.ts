// Pages of a run's samples, in an order and with filters that indexes serve.
import type { Sample } from '../generated/client.ts';
import { query, type Sql } from './sql.ts';

/** Which samples. Every part narrows. */
export interface SampleFilter {
  /** OK: every sample that has an answer, right, wrong or neither. */
  readonly outcome?: 'OK' | 'FAILED' | 'CORRECT' | 'WRONG' | undefined;
  readonly task?: string | undefined;
  readonly model?: string | undefined;
  readonly variant?: string | undefined;
  /** Substring of input, target, prediction or item id, whatever the case. */
  readonly search?: string | undefined;
  readonly evaluationId?: string | undefined;
  /** First score at least so high. */
  readonly minScore?: number | undefined;
  /** First score at most so high. */
  readonly maxScore?: number | undefined;
}

/** ITEM: by evaluation, item, repeat. SCORE: by the first score, samples without one lowest. LATENCY: by e2eMs. */
export interface SampleSort {
  readonly field: 'ITEM' | 'SCORE' | 'LATENCY';
  readonly direction: 'ASC' | 'DESC';
}

/** A place in the order: the sample there, with the value that it is sorted by. Plain JSON, so that a cursor can carry it. */
export interface SamplePosition {
  readonly evaluationId: string;
  readonly item: number;
  readonly repeat: number;
  /** Score or latency; null by item, and for a sample without a score. */
  readonly value: number | null;
}

/** Which page, and in which order; by item when not told. */
export interface SamplePageOptions {
  readonly filter?: SampleFilter | undefined;
  readonly sort?: SampleSort | undefined;
  /** Samples at most. */
  readonly first: number;
  /** The last sample of the page before. */
  readonly after?: SamplePosition | undefined;
}

/** A page. */
export interface SamplePage {
  readonly samples: readonly (Sample & { readonly position: SamplePosition })[];
  readonly hasNextPage: boolean;
}

const outcomes = {
  OK: ['WRONG', 'CORRECT', 'OK'],
  FAILED: ['FAILED'],
  CORRECT: ['CORRECT'],
  WRONG: ['WRONG'],
} as const;
const everyOutcome = ['FAILED', 'WRONG', 'CORRECT', 'OK'] as const;

// What the index of each order holds after (evaluation, outcome).
const sortedBy = {
  ITEM: '0::float8',
  SCORE: `coalesce(s.score, '-Infinity'::float8)`,
  LATENCY: 's."e2eMs"',
} as const;
const searched = `(s.input || E'\\n' || s.target || E'\\n' || s.prediction || E'\\n' || s."itemId")`;

// A search first looks through so many samples in order: what is common is found there.
const scanned = 400;

/**
 * The samples after a position. Each pair of evaluation and outcome gives its first few from an index that is already in order, and the
 * best of those make the page: what it costs grows with the evaluations, not with the samples.
 */
export async function listSamples(sql: Sql, runId: string, options: SamplePageOptions): Promise<SamplePage> {
  const { filter = {}, sort = { field: 'ITEM', direction: 'ASC' }, first, after } = options;
  const starts = startsOf(await evaluationsOf(sql, runId, filter), sort, after);
  if (starts.length === 0) return { samples: [], hasNextPage: false };
  const values = [...columnsOf(starts), outcomesOf(filter), first + 1];
  let rows: SortedSample[];
  if (filter.search === undefined) {
    rows = await query<SortedSample>(sql, scanSql(sort, '', scoreRange(filter)), [...values, first + 1]);
  } else {
    const search = pattern(filter.search);
    rows = await query<SortedSample>(
      sql,
      scanSql(sort, `where ${searched} ilike $9::text`, scoreRange(filter)),
      [...values, scanned, search],
    );
    if (rows.length <= first)
      rows = await query<SortedSample>(sql, searchSql(sort, scoreRange(filter)), [...values, search]);
  }
  return {
    samples: rows.slice(0, first).map((row) => withPosition(row, sort)),
    hasNextPage: rows.length > first,
  };
}

type SortedSample = Sample & { readonly sorted: number };

/** The first $8 samples in order, of which those that pass `where` are kept, at most $7. */
function scanSql(sort: SampleSort, where: string, range: string): string {
  const { direction, beyond, value, key, start } = orderOf(sort);
  const order = key.map((part) => `${part} ${direction}`).join(', ');
  return `
    with page as materialized (
      select e.id, e.position, k.*
      from unnest($1::uuid[], $2::int[], $3::float8[], $4::int[], $5::int[]) as e (id, position, value, item, repeat)
      cross join unnest($6::text[]) as o (outcome)
      cross join lateral (
        select ${value} as sorted, s.item, s.repeat from "Sample" s
        where s."evaluationId" = e.id and s.outcome = o.outcome::"SampleOutcome" and (${key}) ${beyond} (${start}) ${range}
        order by ${order} limit $8::int) k
      order by k.sorted ${direction}, e.position ${direction}, k.item ${direction}, k.repeat ${direction} limit $8::int)
    select s.*, page.sorted from page
    join "Sample" s on s."evaluationId" = page.id and s.item = page.item and s.repeat = page.repeat ${where}
    order by page.sorted ${direction}, page.position ${direction}, page.item ${direction}, page.repeat ${direction} limit $7::int`;
}

/** The samples with the text $8, found by the index over the texts or by reading the evaluations, and then sorted. */
function searchSql(sort: SampleSort, range: string): string {
  const { direction, beyond, value, key, start } = orderOf(sort);
  return `
    with hits as materialized (
      select s.id, s."evaluationId", s.outcome, s.score, s."e2eMs", s.item, s.repeat from "Sample" s
      where s."evaluationId" = any ($1::uuid[]) and ${searched} ilike $8::text ${range}),
    page as materialized (
      select s.id as sample, ${value} as sorted, e.position, s.item, s.repeat
      from unnest($1::uuid[], $2::int[], $3::float8[], $4::int[], $5::int[]) as e (id, position, value, item, repeat)
      join hits s on s."evaluationId" = e.id
      where s.outcome = any ($6::text[]::"SampleOutcome"[]) and (${key}) ${beyond} (${start})
      order by sorted ${direction}, e.position ${direction}, s.item ${direction}, s.repeat ${direction} limit $7::int)
    select s.*, page.sorted from page join "Sample" s on s.id = page.sample
    order by page.sorted ${direction}, page.position ${direction}, page.item ${direction}, page.repeat ${direction}`;
}

function orderOf({ field, direction }: SampleSort) {
  const value = sortedBy[field];
  return {
    value,
    ...(direction === 'ASC' ? { direction: 'asc', beyond: '>' } : { direction: 'desc', beyond: '<' }),
    ...(field === 'ITEM'
      ? { key: ['s.item', 's.repeat'], start: 'e.item, e.repeat' }
      : { key: [value, 's.item', 's.repeat'], start: 'e.value, e.item, e.repeat' }),
  } as const;
}

function withPosition(
  { sorted, ...sample }: SortedSample,
  { field }: SampleSort,
): SamplePage['samples'][number] {
  const { evaluationId, item, repeat } = sample;
  const value = field === 'ITEM' || !Number.isFinite(sorted) ? null : sorted;
  return { ...sample, position: { evaluationId, item, repeat, value } };
}

/** How many samples pass the filter. Costs a scan of an index, with `search` of the texts: only when asked. */
export async function countSamples(sql: Sql, runId: string, filter: SampleFilter = {}): Promise<number> {
  const evaluations = await evaluationsOf(sql, runId, filter);
  const [row] = await query<{ n: number }>(
    sql,
    `select count(*)::int as n from "Sample" s
     where s."evaluationId" = any ($1::uuid[]) and s.outcome = any ($2::text[]::"SampleOutcome"[])
       ${scoreRange(filter)} ${filter.search === undefined ? '' : `and ${searched} ilike $3::text`}`,
    [
      evaluations.map(({ id }) => id),
      outcomesOf(filter),
      ...(filter.search === undefined ? [] : [pattern(filter.search)]),
    ],
  );
  return row?.n ?? 0;
}

/** Numbers are written as numbers: nothing of a text comes into the SQL. */
function scoreRange({ minScore, maxScore }: SampleFilter): string {
  return [
    ...(minScore === undefined ? [] : [`and s.score >= ${Number(minScore)}::float8`]),
    ...(maxScore === undefined ? [] : [`and s.score <= ${Number(maxScore)}::float8`]),
  ].join(' ');
}

function outcomesOf({ outcome }: SampleFilter): readonly string[] {
  return outcome === undefined ? everyOutcome : outcomes[outcome];
}

interface EvaluationPlace {
  readonly id: string;
  readonly position: number;
}

async function evaluationsOf(sql: Sql, runId: string, filter: SampleFilter): Promise<EvaluationPlace[]> {
  const { task, model, variant, evaluationId } = filter;
  return await query<EvaluationPlace>(
    sql,
    `select id, position from "Evaluation" where "runId" = $1::uuid and ($2::text is null or task = $2::text)
       and ($3::text is null or model = $3::text) and ($4::text is null or variant = $4::text)
       and ($5::uuid is null or id = $5::uuid) order by position`,
    [runId, task ?? null, model ?? null, variant ?? null, evaluationId ?? null],
  );
}

/** From where to read in an evaluation: what is strictly beyond (value, item, repeat) in the direction of the order. */
interface Start extends EvaluationPlace {
  readonly value: number;
  readonly item: number;
  readonly repeat: number;
}

const maxInt = 2_147_483_647;

function startsOf(
  evaluations: readonly EvaluationPlace[],
  sort: SampleSort,
  after: SamplePosition | undefined,
): Start[] {
  const ascending = sort.direction === 'ASC';
  const lowest = { item: -1, repeat: -1 };
  const highest = { item: maxInt, repeat: maxInt };
  const first = ascending
    ? { value: Number.NEGATIVE_INFINITY, ...lowest }
    : { value: Number.POSITIVE_INFINITY, ...highest };
  if (after === undefined) return evaluations.map((place) => ({ ...place, ...first }));
  const here = evaluations.find(({ id }) => id === after.evaluationId);
  if (here === undefined) return [];
  const value = after.value ?? (sort.field === 'ITEM' ? 0 : Number.NEGATIVE_INFINITY);
  return evaluations.map((place) => {
    if (place.id === here.id) return { ...place, value, item: after.item, repeat: after.repeat };
    // Of equal values, those of the evaluations behind this one are still to come; of those before it, none.
    const equalsRemain = ascending === place.position > here.position;
    return { ...place, value, ...(equalsRemain === ascending ? lowest : highest) };
  });
}

function columnsOf(starts: readonly Start[]): unknown[] {
  return [
    starts.map(({ id }) => id),
    starts.map(({ position }) => position),
    starts.map(({ value }) => String(value)),
    starts.map(({ item }) => item),
    starts.map(({ repeat }) => repeat),
  ];
}

function pattern(search: string): string {
  return `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
