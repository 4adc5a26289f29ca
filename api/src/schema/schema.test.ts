// The SDL is committed, and every field has a rule.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type GraphQLObjectType, isObjectType, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from './index.ts';

test('api/schema.graphql is what the API answers; pnpm print-schema writes it', async () => {
  const committed = await readFile(path.resolve(import.meta.dirname, '../../schema.graphql'), 'utf8');
  expect(`${printSchema(schema)}\n`).toBe(committed);
});

test('no field is without an authorisation rule of its own or of its type', () => {
  const bare = Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
    .filter((type) => !hasRule(type.extensions))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ extensions }) => !hasRule(extensions))
        .map(({ name }) => `${type.name}.${name}`),
    );
  expect(bare).toEqual([]);
});

function hasRule(extensions: Readonly<Record<string, unknown>>): boolean {
  const options = extensions.pothosOptions as { readonly authScopes?: unknown } | undefined;
  return options?.authScopes !== undefined;
}
