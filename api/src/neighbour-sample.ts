// The sample before or after another one, in the order in which a run lists them.
import type { Services } from './context.ts';

/** The neighbour across evaluations; with `failing` the nearest that failed or is wrong. Null at the end. */
export async function neighbourSample(
  { prisma, pool }: Services,
  id: string,
  side: 'next' | 'previous',
  failing: boolean,
) {
  const [than, order] = side === 'next' ? ['>', 'asc'] : ['<', 'desc'];
  const among = failing ? `and s.outcome in ('FAILED', 'WRONG')` : '';
  const { rows } = await pool.query<{ id: string }>(
    `with here as (select s.item, s.repeat, s."evaluationId", e.position, e."runId" from "Sample" s join "Evaluation" e on e.id = s."evaluationId" where s.id = $1)
     select near.id from (
       (select s.id, 0 as distance from "Sample" s, here where s."evaluationId" = here."evaluationId" and (s.item, s.repeat) ${than} (here.item, here.repeat) ${among}
        order by s.item ${order}, s.repeat ${order} limit 1)
       union all
       (select s.id, 1 from here join "Evaluation" e on e."runId" = here."runId" and e.position ${than} here.position
          cross join lateral (select s.id, s.item, s.repeat from "Sample" s where s."evaluationId" = e.id ${among}
            order by s.item ${order}, s.repeat ${order} limit 1) s
        order by e.position ${order} limit 1)) near order by near.distance limit 1`,
    [id],
  );
  const [found] = rows;
  if (found === undefined) return null;
  return prisma.sample.findUnique({
    where: { id: found.id },
    include: { evaluation: { select: { id: true, runId: true, task: true, model: true, variant: true } } },
  });
}
