// The playground between API and worker: what is asked, and what is told of the answers.
import { noticeChannel, notify } from './notice.ts';
import { query, type Sql } from './sql.ts';

/** What somebody wants to see. */
export interface PlaygroundRequest {
  /** Name of a registered model. */
  readonly model: string;
  /** Jinja, or undefined for the task's own question. */
  readonly template: string | undefined;
  /** Values for the template, before those of a row. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Name of the task whose rows are tried. */
  readonly task: string | undefined;
  /** The YAML of that task when it is tried before it is saved. */
  readonly taskText?: string | undefined;
  /** Rows of a data set instead, of this split or its first one. */
  readonly dataset: { readonly name: string; readonly split: string | undefined } | undefined;
  /** So many of the rows. */
  readonly samples: number;
  /** Sends the prompt as a user's message through the model's chat template. */
  readonly chat: boolean;
  readonly temperature: number;
  /** Undefined: the task's, or 256. */
  readonly maxTokens: number | undefined;
  readonly seed: number;
}

/** What is told, in order; `index` counts the samples from 0. */
export type PlaygroundPiece =
  | {
      readonly type: 'prompt';
      readonly index: number;
      /** As the model is given it. */
      readonly prompt: string;
      readonly target: string | undefined;
    }
  | { readonly type: 'text'; readonly index: number; readonly text: string }
  | {
      readonly type: 'answer';
      readonly index: number;
      /** The whole answer; text pieces may have held less. */
      readonly text: string;
      /** The filtered answer or the chosen option; undefined without a task. */
      readonly prediction: string | undefined;
      readonly scores: readonly {
        readonly metric: string;
        readonly filter: string;
        readonly value: number;
      }[];
      readonly outputTokens: number;
      readonly ttftMs: number | undefined;
      readonly e2eMs: number;
    }
  | { readonly type: 'failed'; readonly index: number | undefined; readonly message: string }
  | { readonly type: 'done' };

/** A piece with its place: from 1, without a gap. */
export interface NumberedPiece {
  readonly sequence: number;
  readonly piece: PlaygroundPiece;
}

/** Writes pieces and tells the listeners; false when nobody looks any more. */
export async function appendPieces(
  sql: Sql,
  playgroundId: string,
  pieces: readonly NumberedPiece[],
): Promise<boolean> {
  const rows = await query<{ last: number | null }>(
    sql,
    `with looked as (select id from "Playground" where id = $1::uuid for key share),
     written as (insert into "PlaygroundChunk" ("playgroundId", sequence, piece)
       select looked.id, (given->>'sequence')::int, given->'piece' from looked, jsonb_array_elements($2::jsonb) given returning sequence),
     told as materialized (
       select pg_notify($3::text, json_build_object('playground', $1::text, 'sequence', max(sequence))::text) from written having count(*) > 0)
     select max(sequence)::int as last, (select count(*) from told) from written`,
    [playgroundId, JSON.stringify(pieces), noticeChannel],
  );
  return pieces.length === 0 || (rows[0]?.last ?? null) !== null;
}

/** What was told after a sequence, oldest first. */
export async function readPieces(
  sql: Sql,
  playgroundId: string,
  afterSequence: number,
  limit: number,
): Promise<NumberedPiece[]> {
  return query<NumberedPiece>(
    sql,
    `select sequence, piece from "PlaygroundChunk" where "playgroundId" = $1::uuid and sequence > $2::int order by sequence limit $3::int`,
    [playgroundId, afterSequence, limit],
  );
}

/** Forgets it, and tells the worker to stop. */
export async function leavePlayground(sql: Sql, playgroundId: string): Promise<void> {
  await query(sql, 'delete from "Playground" where id = $1::uuid', [playgroundId]);
  await notify(sql, { type: 'playground-left', playgroundId });
}
