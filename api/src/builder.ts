// The schema builder with its plugins: every type and field of the API is declared through it.
import SchemaBuilder from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import ValidationPlugin from '@pothos/plugin-validation';
import { GraphQLError, Kind } from 'graphql';
import { refusal } from './auth/refusal.ts';
import type { Context } from './context.ts';
import type PrismaTypes from './generated/pothos-types.ts';
import { getDatamodel } from './generated/pothos-types.ts';

/** Whoever may look. */
export const reads = { read: true } as const;

/** Whoever may start, steer and delete runs. */
export const writes = { write: true } as const;

/** Whoever may manage users and settings. */
export const administers = { admin: true } as const;

/** Everybody, signed in or not. With `skipTypeScopes: true` on a field of Query or Mutation. */
export const opens = { open: true } as const;

/** Whoever signed in with a password, for their own account: no token may. With `skipTypeScopes: true` on a root field. */
export const owns = { own: true } as const;

/** Declares types and fields. Ids are the database's own UUIDs, the same here, in REST and in the dashboard's addresses. */
export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  AuthScopes: { open: boolean; own: boolean; read: boolean; write: boolean; admin: boolean };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
    BigInt: { Input: bigint; Output: bigint };
  };
}>({
  plugins: [ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, PrismaPlugin, DataloaderPlugin, ValidationPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: ({ viewer }) => ({
      open: true,
      own: viewer.credential.type === 'session',
      read: viewer.scopes.includes('read'),
      write: viewer.scopes.includes('write'),
      admin: viewer.scopes.includes('admin'),
    }),
    unauthorizedError: (_parent, { viewer, authEnabled }, { parentType, fieldName }) =>
      refusal(viewer, authEnabled, `${parentType.name}.${fieldName}`),
  },
  relay: {
    encodeGlobalID: (_typename, id) => String(id),
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: { description: 'Anything with an id, for the query `node`.' },
    idFieldOptions: { description: 'Unique over everything; the same in REST and in addresses.' },
    cursorType: 'String',
    cursorFieldOptions: { description: 'Place of this entry in the list, for `after`.' },
    nodesOnConnection: { description: 'The entries of this page, without their cursors.' },
    nodesFieldOptions: { nullable: { list: false, items: false } },
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The entries of this page, each with its cursor.',
    },
    nodeFieldOptions: { nullable: false, description: 'The entry itself.' },
    pageInfoFieldOptions: { description: 'Where this page lies in the list.' },
    hasNextPageFieldOptions: { description: 'Whether entries follow this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether entries come before this page.' },
    startCursorFieldOptions: { description: 'Cursor of the first entry; null when the page is empty.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last entry, `after` for the next page; null when the page is empty.',
    },
    pageInfoTypeOptions: { authScopes: reads, description: 'Where a page lies in its list.' },
    defaultEdgeTypeOptions: { authScopes: reads, description: 'An entry of a list with its place.' },
    defaultConnectionTypeOptions: { authScopes: reads, description: 'One page of a list.' },
  },
  prisma: {
    client: ({ prisma }) => prisma as never,
    dmmf: getDatamodel(),
    onUnusedQuery: null,
  },
  validation: {
    validationError: ({ issues }) =>
      new GraphQLError(
        issues.map(({ path, message }) => `${(path ?? []).map(String).join('.')}: ${message}`).join('; '),
        { extensions: { code: 'BAD_USER_INPUT' } },
      ),
  },
});

builder.queryType({ authScopes: reads, description: 'What can be read.' });
builder.mutationType({ authScopes: writes, description: 'What can be changed.' });
builder.subscriptionType({ authScopes: reads, description: 'What is told as it happens.' });

builder.scalarType('DateTime', {
  description: 'ISO 8601 in UTC, with milliseconds.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const date = new Date(String(value));
    if (Number.isNaN(date.getTime())) throw new GraphQLError(`not a date and time: ${String(value)}`);
    return date;
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
});

builder.scalarType('BigInt', {
  description: 'A whole number above 32 bits, as a JSON number; exact to 2^53.',
  serialize: (value) => Number(value),
  parseValue: (value) => BigInt(String(value)),
  parseLiteral: (node) => {
    if (node.kind !== Kind.INT) throw new GraphQLError('a whole number is wanted');
    return BigInt(node.value);
  },
});
