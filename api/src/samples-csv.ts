// The samples of a run as CSV, written by Postgres: core's columns and bytes, many times as fast.
// (core's exporter builds a record of every sample, with the JSON of its requests, of which CSV shows nothing.)
import { type EvaluationRecord, type ExportOptions, exporters } from '@bancada/core';
import { PostgresReader } from '@bancada/prisma';
import { escapeLiteral, type Pool } from 'pg';
import { copyRows } from './copy-rows.ts';

type Kind = 'plain' | 'number' | 'text';

// Columns after those of the evaluation: name in the file, SQL over "Sample" s, and what can stand in a cell.
const columns: readonly (readonly [name: string, sql: string, kind: Kind])[] = [
  ['item', 's.item', 'plain'],
  ['repeat', 's.repeat', 'plain'],
  ['item_id', 's."itemId"', 'text'],
  ['group', 's."group"', 'text'],
  ['status', `case when s.failure is null then 'ok' else 'failed' end`, 'plain'],
  ['failure_reason', 's.failure', 'plain'],
  ['failure_message', 's."failureMessage"', 'text'],
  ['input', 's.input', 'text'],
  ['target', 's.target', 'text'],
  ['prediction', 's.prediction', 'text'],
  ['output', 's.output', 'text'],
  [
    'retrieved',
    `case when s.retrieved is not null then (select string_agg(c->>'id', ' ' order by n) from jsonb_array_elements(s.retrieved) with ordinality a(c, n)) end`,
    'text',
  ],
  ['gold_retrieved', 's."goldRetrieved"::text', 'plain'],
  ['prompt_tokens', 's."promptTokens"', 'plain'],
  ['output_tokens', 's."outputTokens"', 'plain'],
  ['dropped_tokens', 's."droppedTokens"', 'plain'],
  ['queue_ms', 's."queueMs"', 'number'],
  ['ttft_ms', 's."ttftMs"', 'number'],
  ['e2e_ms', 's."e2eMs"', 'number'],
  ['prefill_ms', 's."prefillMs"', 'number'],
  ['decode_ms', 's."decodeMs"', 'number'],
  ['started_at', `to_char(s."startedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`, 'plain'],
];

const evaluationColumns = ['run_id', 'task', 'model', 'variant', 'num_fewshot'];

// What a spreadsheet takes for the beginning of a formula, full-width forms too.
const formulaStart = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const formulaCodes = [...'=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20'].map((sign) => sign.codePointAt(0)).join(', ');

/** Pieces of the file, each of many rows. `delimiter` is one character that is neither a quote nor a line end. */
export async function* samplesCsv(
  pool: Pool,
  runId: string,
  options: ExportOptions,
): AsyncGenerator<string | Uint8Array> {
  const { delimiter = ',', bom = false, escape: mode = 'formula' } = options;
  const reader = new PostgresReader(pool, runId);
  if (Buffer.byteLength(delimiter) > 1) {
    // Postgres separates by one byte alone.
    yield* exporters.csv.export(reader, runId, options);
    return;
  }
  const guarded = mode === 'formula';
  const evaluations = await reader.evaluations(runId);
  const scores = [...new Set(evaluations.flatMap(({ metrics }) => metrics.map(scoreName)))];
  const header = [...evaluationColumns, ...columns.map(([name]) => name), ...scores];
  yield `${bom ? '\uFEFF' : ''}${header.map((name) => cell(name, delimiter, guarded)).join(delimiter)}\r\n`;
  for (const evaluation of evaluations) {
    yield* copyRows(pool, statement(runId, evaluation, scores, guarded), delimiter);
  }
}

// A join for each score, along the key's own order. COPY takes no parameters.
function statement(
  runId: string,
  evaluation: EvaluationRecord,
  scores: readonly string[],
  guarded: boolean,
): string {
  const { task, model, variant, numFewshot } = evaluation;
  const id = escapeLiteral(evaluation.id);
  const constants = [runId, task, model, variant].map((text) => escapeLiteral(safe(text, guarded)));
  const joins: string[] = [];
  const values = scores.map((name, index) => {
    const metric = evaluation.metrics.find((one) => scoreName(one) === name);
    if (metric === undefined) return 'null';
    joins.push(
      `left join "Score" c${index} on c${index}."evaluationId" = s."evaluationId" and c${index}.item = s.item and c${index}.repeat = s.repeat
       and c${index}."evaluationId" = ${id} and c${index}.metric = ${escapeLiteral(metric.metric)} and c${index}.filter = ${escapeLiteral(metric.filter)}`,
    );
    return numberSql(`c${index}.value`);
  });
  const cells = columns.map(([, sql, kind]) => {
    if (kind === 'number') return numberSql(sql);
    return kind === 'text' ? textSql(sql, guarded) : sql;
  });
  const list = [...constants, numFewshot, ...cells, ...values].join(', ');
  return `select ${list} from "Sample" s ${joins.join(' ')} where s."evaluationId" = ${id} order by s.item, s.repeat`;
}

// COPY writes "" for empty text, and nothing for null.
function textSql(sql: string, guarded: boolean): string {
  const text = `nullif(${sql}, '')`;
  return guarded ? `case when ascii(${sql}) in (${formulaCodes}) then '''' || ${sql} else ${text} end` : text;
}

// As JavaScript writes numbers: Postgres takes to exponents earlier, and writes two digits of them.
function numberSql(sql: string): string {
  return `case when ${sql} = 0 or abs(${sql}) between 1e-4 and 1e14 then ${sql}::text when abs(${sql}) < 1e-6 then replace(${sql}::text, 'e-0', 'e-')
    when abs(${sql}) < 1e21 then ${sql}::text::numeric::text else ${sql}::text end`;
}

function scoreName({ metric, filter }: { readonly metric: string; readonly filter: string }): string {
  return filter === 'none' ? metric : `${metric},${filter}`;
}

// RFC 4180.
function cell(text: string, delimiter: string, guarded: boolean): string {
  const shown = safe(text, guarded);
  const special = shown.includes(delimiter) || /["\r\n]/.test(shown);
  return special ? `"${shown.replaceAll('"', '""')}"` : shown;
}

function safe(text: string, guarded: boolean): string {
  return guarded && formulaStart.test(text) ? `'${text}` : text;
}
