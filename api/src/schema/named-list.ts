// Lists of registered things by name: one search, one order, one cursor for all of them.
import { z } from 'zod';
import { builder } from '../builder.ts';
import { decodeCursor, pageArguments, pageSize } from './connection.ts';

/** Arguments of such a list. */
export const namedListArguments = builder.args((t) => ({
  search: t.string({ description: 'Part of the name, whatever the case.' }),
  ...pageArguments,
}));

/** What a list is asked for. */
export interface NamedListRequest {
  readonly search?: string | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** The conditions and the order for Prisma, and the conditions without the cursor for counting. */
export function namedListQuery(request: NamedListRequest) {
  const key = decodeCursor(request.after, z.tuple([z.string()]));
  const matching = request.search ? { name: { contains: request.search, mode: 'insensitive' as const } } : {};
  return {
    matching,
    page: {
      where: key ? { AND: [matching, { name: { gt: key[0] } }] } : matching,
      orderBy: { name: 'asc' as const },
      take: pageSize(request) + 1,
    },
  };
}

/** The place of a row in such a list. */
export function nameKey({ name }: { readonly name: string }): readonly unknown[] {
  return [name];
}
