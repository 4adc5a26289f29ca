// The run that a path names, ready to be exported.
import type { Run } from '@bancada/prisma';
import { isId } from '../schema/connection.ts';
import { activeStatuses } from '../schema/run-status.ts';
import { Problem } from './problem.ts';
import type { Exchange } from './route.ts';

/** What the path's names mean, for the OpenAPI document. */
export const runPath = { id: 'Id of the run, a UUID' } as const;

/** What a download of a run is refused with. */
export const downloadProblems = [400, 404, 406, 409] as const;

/** @throws Problem 404. */
export async function runOfPath({ parameters, services }: Exchange): Promise<Run> {
  const id = parameters.id ?? '';
  const run = isId(id) ? await services.prisma.run.findUnique({ where: { id } }) : null;
  if (run === null) throw new Problem(404, `there is no run ${id}`);
  return run;
}

/** A run whose results are all there, or of which a part will do. @throws Problem 404, 409. */
export async function finishedRun(exchange: Exchange): Promise<Run> {
  const run = await runOfPath(exchange);
  if (activeStatuses.includes(run.status) && exchange.url.searchParams.get('partial') !== 'true') {
    throw new Problem(
      409,
      `the run is ${run.status.toLowerCase()}; add partial=true for what is there already`,
    );
  }
  return run;
}

/** A finished run whose samples are all there. `?partial=true` makes do with those that are left. @throws Problem 404, 409, 410. */
export async function sampledRun(exchange: Exchange): Promise<Run> {
  const run = await finishedRun(exchange);
  const { samplesPrunedAt } = run;
  if (samplesPrunedAt !== null && exchange.url.searchParams.get('partial') !== 'true') {
    throw new Problem(
      410,
      `samples of the run were deleted on ${samplesPrunedAt.toISOString()} by the rules of retention; its metrics are kept`,
    );
  }
  return run;
}
