// Pages of a list: opaque keyset cursors, `first` from 1 to 200, and a total that is counted only when asked.
import { queryFromInfo } from '@pothos/plugin-prisma';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';

/** A page and how to count the whole. */
export interface Page<Row> {
  readonly edges: { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: () => Promise<number>;
}

/** The arguments of every list. */
export const pageArguments = builder.args((t) => ({
  first: t.int({
    description: 'At most so many, 1 to 200.',
    defaultValue: 50,
    validate: z.number().min(1).max(200).nullish(),
  }),
  after: t.string({ description: 'Cursor of the last entry seen; null for the first page.' }),
}));

/** `first` as given, or 50. */
export function pageSize({ first }: { readonly first?: number | null | undefined }): number {
  return first ?? 50;
}

/** A page from rows of which one more than `first` was asked for. */
export function pageOf<Row>(
  rows: readonly Row[],
  {
    first,
    after,
  }: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
  keyOf: (row: Row) => readonly unknown[],
  totalCount: () => Promise<number>,
): Page<Row> {
  const size = pageSize({ first });
  const edges = rows.slice(0, size).map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: after !== undefined && after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

/** What Prisma has to read for the nodes of a page; `select` names columns that the page itself needs. */
export function nodesQuery(
  context: Context,
  info: GraphQLResolveInfo,
  typeName: string,
  select?: Readonly<Record<string, true>>,
): object {
  const paths = [['nodes'], ['edges', 'node']];
  return queryFromInfo({ context, info, typeName, paths, ...(select ? { select } : {}) });
}

/** The values by which a list is sorted, as a cursor. */
export function encodeCursor(key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The values of a cursor, checked; undefined for the first page. @throws GraphQLError when the cursor is none of this list. */
export function decodeCursor<Key>(after: string | null | undefined, schema: z.ZodType<Key>): Key | undefined {
  if (after === undefined || after === null) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(after, 'base64url').toString()));
  } catch {
    throw new GraphQLError(`after: "${after}" is no cursor of this list`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
}

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'Entries of the whole list, all pages together; counted only when asked for.',
    resolve: (page) => (page as unknown as Page<unknown>).totalCount(),
  }),
);

/** Whether a text has the form of our ids; anything else is no id of ours, and not worth a query. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** The argument of a list inside an object, which has no pages: `first`. */
export function firstArgument(defaultValue: number) {
  return builder.args((t) => ({
    first: t.int({
      description: 'At most so many, 1 to 200.',
      defaultValue,
      validate: z.number().min(1).max(200).nullish(),
    }),
  }));
}
