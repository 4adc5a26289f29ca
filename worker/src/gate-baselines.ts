// Where a worker finds the earlier run that a gate compares with: among the runs in Postgres.
import {
  type Baseline,
  baselineGates,
  type Gate,
  judgeBaselineGates,
  lastSuccess,
  type Measured,
} from '@bancada/core';
import { PostgresReader } from '@bancada/prisma';
import type { Pool } from 'pg';

interface FoundRun {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** The results of the gates that name a baseline. Reads the samples of both runs: not for a transaction. */
export async function judgeBaselines(
  pool: Pool,
  runId: string,
  gates: readonly Gate[],
  measured: readonly Measured[],
) {
  const comparing = baselineGates(gates);
  if (comparing.length === 0) return [];
  const reader = new PostgresReader(pool);
  const find = async (baseline: string): Promise<Baseline> => {
    const run = baseline === lastSuccess ? await lastSuccessOf(pool, runId) : await named(pool, baseline);
    if (run !== undefined) {
      const label = `the run "${run.name}" of ${run.createdAt.toISOString().slice(0, 16).replace('T', ' ')}`;
      return { status: 'found', label, reader, evaluations: await reader.evaluations(run.id) };
    }
    return baseline === lastSuccess
      ? { status: 'none-yet', message: 'no earlier run succeeded, so nothing is compared yet' }
      : { status: 'missing', message: `there is no run ${baseline}` };
  };
  return judgeBaselineGates({ gates: comparing, measured, reader, find });
}

// Of the same registered suite, or of the same suite name where the run was given as text.
async function lastSuccessOf(pool: Pool, runId: string): Promise<FoundRun | undefined> {
  const { rows } = await pool.query<FoundRun>(
    `select run.id, run.name, run."createdAt" from "Run" run, "Run" own
     where own.id = $1 and run.id <> own.id and run."createdAt" <= own."createdAt" and run.status = 'SUCCEEDED'
       and (run."suiteId" = own."suiteId" or own."suiteId" is null and run."suiteId" is null
         and run.snapshot->'suite'->'resolved'->>'name' = own.snapshot->'suite'->'resolved'->>'name')
       and not run.gates @> '[{"passed": false}]'
     order by run."createdAt" desc, run.id desc limit 1`,
    [runId],
  );
  return rows[0];
}

async function named(pool: Pool, id: string): Promise<FoundRun | undefined> {
  const { rows } = await pool.query<FoundRun>('select id, name, "createdAt" from "Run" where id::text = $1', [
    id,
  ]);
  return rows[0];
}
