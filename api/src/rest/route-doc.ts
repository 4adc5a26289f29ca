// What a route says of itself: from these the OpenAPI document is made.
import type { z } from 'zod';

/** A part of a body or an answer: JSON of this form, or bytes or text that are no JSON. */
export type Content = z.ZodType | 'binary' | 'text';

/** An answer that is no problem. */
export interface AnswerDoc {
  readonly description: string;
  /** By media type; none for an answer without a body. */
  readonly content?: Readonly<Record<string, Content>>;
  /** Header by name, with what it holds. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every route has one. Each property of `query` and `headers` carries a description (`.describe`). */
export interface RouteDoc {
  /** One line: what it does. */
  readonly summary: string;
  /** More of it, CommonMark. */
  readonly description?: string;
  /** Under which heading: runs, data sets, … */
  readonly tag: string;
  /** What the names in the path mean. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: { readonly description: string; readonly content: Readonly<Record<string, Content>> };
  readonly answers: Readonly<Record<number, AnswerDoc>>;
  /** Statuses of the problem documents (RFC 9457) that it answers with; 500 is always among them. */
  readonly problems: readonly number[];
}
