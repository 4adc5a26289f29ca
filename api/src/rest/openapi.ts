// The OpenAPI 3.1 document, made from what the routes say of themselves.
import { z } from 'zod';
import { statusTitle } from './problem.ts';
import type { Route } from './route.ts';
import type { AnswerDoc, Content, RouteDoc } from './route-doc.ts';

/** A JSON value, as `JSON.stringify` takes it. */
type Json = Record<string, unknown>;

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What was given, and what is right'),
    issues: z
      .array(z.looseObject({ path: z.string(), message: z.string() }))
      .optional()
      .describe('The faults of a body one by one'),
  })
  .meta({ id: 'Problem' });

/** Every route of the registry with parameters, bodies, answers and problems. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const schemas = new Schemas();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bancada',
      version,
      description:
        'Runs, results and data sets over REST. GraphQL is at `/graphql`. HEAD is answered wherever GET is. Errors are RFC 9457 problem documents.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ doc }) => doc.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token, while authentication is on' },
      },
    },
  };
}

function operation({ method, path, scope, doc }: Route, schemas: Schemas): Json {
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^a-z0-9]+(\w)/gi, (_, letter) => letter.toUpperCase())}`,
    summary: doc.summary,
    ...(doc.description === undefined ? {} : { description: doc.description }),
    tags: [doc.tag],
    'x-scope': scope,
    // While authentication is off nobody needs a token.
    security: scope === 'open' ? [] : [{}, { token: [] }],
    parameters: [
      ...[...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
        name,
        in: 'path',
        required: true,
        description: doc.path?.[name] ?? name,
        schema: { type: 'string' },
      })),
      ...parametersOf(doc.query, 'query', schemas),
      ...parametersOf(doc.headers, 'header', schemas),
    ],
    ...(doc.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            description: doc.body.description,
            content: contentOf(doc.body.content, 'input', schemas),
          },
        }),
    responses: responsesOf(doc, schemas),
  };
}

function parametersOf(object: z.ZodObject | undefined, place: 'query' | 'header', schemas: Schemas): Json[] {
  return Object.entries(object?.shape ?? {}).map(([name, schema]) => {
    const { description, ...form } = schemas.of(schema as z.ZodType, 'input');
    return {
      name,
      in: place,
      required: !(schema as z.ZodType).safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: form,
    };
  });
}

function responsesOf({ answers, problems }: RouteDoc, schemas: Schemas): Json {
  const problem = { 'application/problem+json': { schema: schemas.of(problemSchema, 'output') } };
  return {
    ...Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, answerOf(answer, schemas)]),
    ),
    ...Object.fromEntries(
      [...problems, 500].map((status) => [status, { description: statusTitle(status), content: problem }]),
    ),
  };
}

function answerOf({ description, content, headers }: AnswerDoc, schemas: Schemas): Json {
  const told = Object.entries(headers ?? {}).map(([name, about]) => [
    name,
    { description: about, schema: { type: 'string' } },
  ]);
  return {
    description,
    ...(content === undefined ? {} : { content: contentOf(content, 'output', schemas) }),
    ...(told.length === 0 ? {} : { headers: Object.fromEntries(told) }),
  };
}

function contentOf(
  content: Readonly<Record<string, Content>>,
  direction: 'input' | 'output',
  schemas: Schemas,
): Json {
  const entries = Object.entries(content).map(([type, kind]) => {
    // Bytes have no schema in OpenAPI 3.1.
    if (kind === 'binary') return [type, {}];
    return [type, { schema: kind === 'text' ? { type: 'string' } : schemas.of(kind, direction) }];
  });
  return Object.fromEntries(entries);
}

/** JSON Schemas of zod's schemas; those with an id become components, told once. */
class Schemas {
  readonly components: Record<string, Json> = {};

  /** The schema, or a reference to it. */
  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $schema: _, $defs, ...form } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
    for (const [id, part] of Object.entries(($defs ?? {}) as Record<string, Json>)) this.#keep(id, part);
    const id = z.globalRegistry.get(schema)?.id;
    if (id === undefined) return referring(form);
    this.#keep(id, form);
    return { $ref: `#/components/schemas/${id}` };
  }

  #keep(id: string, form: Json): void {
    const { id: _, $id: _same, ...rest } = form;
    this.components[id] = referring(rest);
  }
}

// From the place where zod keeps shared schemas to the place where OpenAPI does.
function referring(form: Json): Json {
  return JSON.parse(JSON.stringify(form).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
