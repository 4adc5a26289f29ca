// A stored run in core's own records, for the table in the terminal.
import type { EvaluationResult } from '../../core/src/cli/result-table.ts';
import type { EvaluationRecord, GateResult, MetricRecord, RunWarning } from '../../core/src/index.ts';
import type { PrismaClient } from '../../prisma/src/index.ts';

/** Evaluations with their aggregates, warnings and gates. */
export async function readStoredRun(prisma: PrismaClient, runId: string) {
  const run = await prisma.run.findUniqueOrThrow({
    where: { id: runId },
    include: { evaluations: { orderBy: { position: 'asc' }, include: { metrics: true } } },
  });
  const results = run.evaluations.map(({ id, record, status, error, metrics }): EvaluationResult => {
    const stored = record as unknown as EvaluationRecord;
    return {
      evaluation: {
        ...stored,
        id,
        status: status.toLowerCase() as EvaluationRecord['status'],
        error: error ?? undefined,
      },
      metrics: metrics.map((metric) => ({
        ...metric,
        stderr: metric.stderr ?? undefined,
        ciLow: metric.ciLow ?? undefined,
        ciHigh: metric.ciHigh ?? undefined,
        method: metric.method as MetricRecord['method'],
        kind: metric.kind as MetricRecord['kind'],
      })),
    };
  });
  return {
    results,
    warnings: run.warnings as unknown as RunWarning[],
    gates: run.gates as unknown as GateResult[],
  };
}
