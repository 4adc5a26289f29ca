// /schema/suite.json: the form of a suite file, for editors.
import { z } from 'zod';
import { suiteJsonSchema } from '../suite-json-schema.ts';
import { type Route, sendJson } from './route.ts';

/** JSON Schema. */
export const suiteSchemaRoute: Route = {
  method: 'GET',
  path: '/schema/suite.json',
  scope: 'open',
  doc: {
    summary: 'The form of a suite file',
    tag: 'schemas',
    answers: { 200: { description: 'JSON Schema', content: { 'application/schema+json': z.json() } } },
    problems: [],
  },
  handle: async ({ response }) => {
    sendJson(response, 200, suiteJsonSchema(), { 'content-type': 'application/schema+json' });
  },
};
