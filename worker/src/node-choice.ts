// Which machine holds which local model of a run: spread over those that have a live worker, this one first.
import type { Plan } from '@bancada/core';
import { query, type Sql } from '@bancada/prisma';
import { isLocalModel } from './warm-models.ts';

/** The machine of each local model, by the model's name. */
export async function planNodes(sql: Sql, here: string, plan: Plan): Promise<(model: string) => string> {
  const rows = await query<{ node: string }>(
    sql,
    'select distinct node from "Worker" where "stoppedAt" is null order by node',
  );
  const nodes = [here, ...rows.map(({ node }) => node).filter((node) => node !== here)];
  const local = plan.evaluations.filter(({ model }) => isLocalModel(model)).map(({ model }) => model.name);
  const models = [...new Set(local)];
  return (model) => nodes[Math.max(0, models.indexOf(model)) % nodes.length] ?? here;
}
