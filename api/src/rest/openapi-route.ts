// /api/v1/openapi.json: the REST interface for tools.
import { z } from 'zod';
import { openApiDocument } from './openapi.ts';
import { type Route, sendJson } from './route.ts';

/** `routes` is asked when the document is, as the registry that holds this route is not made before. */
export function openApiRoute(routes: () => readonly Route[]): Route {
  return {
    method: 'GET',
    path: '/api/v1/openapi.json',
    scope: 'open',
    doc: {
      summary: 'This document: OpenAPI 3.1',
      tag: 'schemas',
      answers: { 200: { description: 'OpenAPI', content: { 'application/json': z.json() } } },
      problems: [],
    },
    handle: async ({ response, services }) => {
      sendJson(response, 200, openApiDocument(routes(), services.version), { 'cache-control': 'no-cache' });
    },
  };
}
