// /schema/suite.json: the form of a suite file, for editors.
import { suiteJsonSchema } from '../suite-json-schema.ts';
import { type Route, sendJson } from './route.ts';

/** JSON Schema. */
export const suiteSchemaRoute: Route = {
  method: 'GET',
  path: '/schema/suite.json',
  scope: 'open',
  handle: async ({ response }) => {
    sendJson(response, 200, suiteJsonSchema(), { 'content-type': 'application/schema+json' });
  },
};
