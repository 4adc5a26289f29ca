// The SDL is committed; every field has a rule and everything is described.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  printSchema,
} from 'graphql';
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

test('every type, field, argument, enum value and input field is described', () => {
  const bare = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap(describedParts)
    .filter(({ description }) => !description?.trim())
    .map(({ path }) => path);
  expect(bare).toEqual([]);
});

test('every mutation that makes something takes an idempotencyKey', () => {
  // An upsert by its endpoint, and the rules as a whole: sent twice, they are there once.
  const onceByNature = ['savePushSubscription', 'saveRetentionRules'];
  const without = Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter(({ name }) => /^(create|register|import|save)/.test(name) && !onceByNature.includes(name))
    .filter(({ args }) => !args.some(({ name }) => name === 'idempotencyKey'))
    .map(({ name }) => name);
  expect(without).toEqual([]);
});

interface Described {
  readonly path: string;
  readonly description: string | null | undefined;
}

function describedParts(type: GraphQLNamedType): Described[] {
  const own = { path: type.name, description: type.description };
  if (isEnumType(type)) return [own, ...under(type.name, type.getValues())];
  if (isInputObjectType(type)) return [own, ...under(type.name, Object.values(type.getFields()))];
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  const fields = Object.values(type.getFields());
  const args = fields.flatMap((field) => under(`${type.name}.${field.name}`, field.args));
  return [own, ...under(type.name, fields), ...args];
}

function under(
  parent: string,
  parts: readonly { readonly name: string; readonly description?: string | null | undefined }[],
): Described[] {
  return parts.map(({ name, description }) => ({ path: `${parent}.${name}`, description }));
}

function hasRule(extensions: Readonly<Record<string, unknown>>): boolean {
  const options = extensions.pothosOptions as { readonly authScopes?: unknown } | undefined;
  return options?.authScopes !== undefined;
}
