// The OpenAPI document: valid, complete, and true of what is answered.
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleRun } from '../fixture/example-run.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';
import { routes } from './registry.ts';
import { runSchema, runSummarySchema } from './run-form.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function document() {
  const answer = await fetch(`${api.url}/api/v1/openapi.json`);
  expect(answer.headers.get('content-type')).toBe('application/json');
  return answer.json();
}

test('is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate(await document())).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('names every route, with summary, parameters, answers and problems', async () => {
  const { paths } = await document();
  for (const { method, path, doc } of routes) {
    const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    expect(operation, `${method} ${path}`).toMatchObject({ summary: expect.stringMatching(/\S/) });
    const named = operation.parameters.filter((one: { in: string }) => one.in === 'path');
    expect(named.map(({ name }: { name: string }) => name)).toEqual(
      [...path.matchAll(/:(\w+)/g)].map(([, name]) => name),
    );
    for (const { name, description } of operation.parameters) {
      expect(description, `${method} ${path}: ${name}`).toMatch(/\S/);
      if (doc.path?.[name] !== undefined) expect(description).toBe(doc.path[name]);
    }
    expect(Object.keys(operation.responses).some((status) => Number(status) < 400)).toBe(true);
    expect(operation.responses['500']).toBeDefined();
  }
  expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
});

test('every reference leads somewhere', async () => {
  const whole = await document();
  const names = [...JSON.stringify(whole).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name,
  );
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(Object.keys(whole.components.schemas)).toContain(name);
});

describe('what is answered has the form that is told', () => {
  test('runs', async () => {
    const { runId } = await exampleRun(api.services);
    const list = await (await fetch(`${api.url}/api/v1/runs`)).json();
    expect(runSummarySchema.array().parse(list)).toEqual(list);
    const one = await (await fetch(`${api.url}/api/v1/runs/${runId}`)).json();
    expect(runSchema.parse(one)).toEqual(one);
  });
});
