// The samples of a run as CSV, straight from the database's own text: core's columns and bytes, many times as fast.
// (core's exporter builds a record of every sample, with the JSON of its requests, of which CSV shows nothing.)
import type { EvaluationRecord, ExportOptions } from '@bancada/core';
import { cursorRows, PostgresReader } from '@bancada/prisma';
import type { Pool } from 'pg';

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

// Postgres sends text; it stays text.
const asText = { getTypeParser: () => (value: string) => value };

/** Pieces of the file, each of many rows. `delimiter` is one character that is neither a quote nor a line end. */
export async function* samplesCsv(
  pool: Pool,
  runId: string,
  { delimiter = ',', bom = false, escape: mode = 'formula' }: ExportOptions,
): AsyncGenerator<string> {
  const cell = cellWriter(delimiter, mode === 'formula');
  const evaluations = await new PostgresReader(pool, runId).evaluations(runId);
  const scores = [...new Set(evaluations.flatMap(({ metrics }) => metrics.map(scoreName)))];
  const header = [...evaluationColumns, ...columns.map(([name]) => name), ...scores];
  yield `${bom ? '\uFEFF' : ''}${header.map(cell).join(delimiter)}\r\n`;
  const kinds = [...columns.map(([, , kind]) => kind), ...scores.map((): Kind => 'number')];
  for (const evaluation of evaluations) {
    const { task, model, variant, numFewshot } = evaluation;
    const start = [runId, task, model, variant].map(cell).join(delimiter) + delimiter + numFewshot;
    const { text, values } = statement(evaluation, scores);
    for await (const page of cursorRows<(string | null)[]>(pool, text, values, {
      rowMode: 'array',
      types: asText,
    })) {
      let piece = '';
      for (const row of page) {
        piece += start;
        for (let index = 0; index < kinds.length; index += 1) {
          const value = row[index];
          piece += delimiter;
          if (value === null || value === undefined) continue;
          const kind = kinds[index];
          piece += kind === 'text' ? cell(value) : kind === 'number' ? numeral(value) : value;
        }
        piece += '\r\n';
      }
      yield piece;
    }
  }
}

// A join for each score, along the key's own order.
function statement(evaluation: EvaluationRecord, scores: readonly string[]) {
  const values: unknown[] = [evaluation.id];
  const joins: string[] = [];
  const selected = scores.map((name, index) => {
    const metric = evaluation.metrics.find((one) => scoreName(one) === name);
    if (metric === undefined) return 'null';
    values.push(metric.metric, metric.filter);
    joins.push(
      `left join "Score" c${index} on c${index}."evaluationId" = s."evaluationId" and c${index}.item = s.item and c${index}.repeat = s.repeat
       and c${index}."evaluationId" = $1 and c${index}.metric = $${values.length - 1} and c${index}.filter = $${values.length}`,
    );
    return `c${index}.value`;
  });
  const list = [...columns.map(([, sql]) => sql), ...selected].join(', ');
  const text = `select ${list} from "Sample" s ${joins.join(' ')} where s."evaluationId" = $1 order by s.item, s.repeat`;
  return { text, values };
}

function scoreName({ metric, filter }: { readonly metric: string; readonly filter: string }): string {
  return filter === 'none' ? metric : `${metric},${filter}`;
}

// As JavaScript writes numbers: Postgres takes to exponents earlier.
function numeral(value: string): string {
  return value.includes('e') ? String(Number(value)) : value;
}

// RFC 4180; with `guarded`, text that a spreadsheet would run as a formula gets a quote before it.
function cellWriter(delimiter: string, guarded: boolean): (text: string) => string {
  const special = new RegExp(`["\\r\\n${delimiter.replace(/[\\\]^-]/, '\\$&')}]`);
  const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
  return (text) => {
    const safe = guarded && formula.test(text) ? `'${text}` : text;
    return special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
}
