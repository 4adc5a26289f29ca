// /api/v1/datasets/{name}/rows: a stretch of a data set.
import { z } from 'zod';
import { datasetRows } from '../dataset-rows.ts';
import { checkedInput } from './checked-input.ts';
import { Problem } from './problem.ts';
import { type Exchange, type Route, sendJson } from './route.ts';

const querySchema = z.object({
  split: z.string().optional().describe('Name of the split; the first by default'),
  offset: z.coerce.number().int().min(0).default(0).describe('Rows to pass over'),
  limit: z.coerce.number().int().min(1).max(1000).default(20).describe('Rows at most'),
});

/** `?split=&offset=0&limit=20`. */
export const datasetRowsRoute: Route = {
  method: 'GET',
  path: '/api/v1/datasets/:name/rows',
  scope: 'read',
  doc: {
    summary: 'A stretch of a data set',
    tag: 'data sets',
    path: { name: 'Name of a registered data set' },
    query: querySchema,
    answers: {
      200: { description: 'Rows as the file gives them', content: { 'application/json': z.json() } },
    },
    problems: [400, 404, 422],
  },
  handle: sendRows,
};

async function sendRows({ url, parameters, response, services }: Exchange): Promise<void> {
  const query = checkedInput(querySchema, Object.fromEntries(url.searchParams));
  // Only what is registered: a name is never a path.
  const dataset = await services.prisma.dataset.findUnique({ where: { name: parameters.name ?? '' } });
  if (dataset === null) throw new Problem(404, `there is no data set ${parameters.name}`);
  const found = await datasetRows(services.homes, dataset.name, query);
  if (found.status === 'refused') throw new Problem(422, found.message);
  sendJson(response, 200, found.rows);
}
