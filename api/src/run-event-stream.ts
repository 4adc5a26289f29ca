// The stored events of a run as the API tells them: one kind of thing each, with everything that the dashboard draws.
import type { Progress as CoreProgress, GateResult, MetricRecord, RunWarning } from '@bancada/core';
import type { PauseReason, PrismaClient, RunStatus, StoredEvent, StreamEvent } from '@bancada/prisma';
import type { Services } from './context.ts';
import type { CellMetric } from './schema/metric.ts';
import type { RunProgress } from './schema/progress.ts';

interface Placed {
  readonly runId: string;
  readonly sequence: number;
  readonly at: Date;
}

type Told =
  | {
      readonly type: 'RunProgressEvent';
      readonly status: RunStatus;
      readonly progress: RunProgress;
      readonly evaluationId: string;
      readonly evaluationDone: number;
    }
  | {
      readonly type: 'RunStatusEvent';
      readonly status: RunStatus;
      readonly message: string | undefined;
      readonly pauseParameters?: PauseReason | undefined;
      readonly progress: RunProgress;
    }
  | { readonly type: 'EvaluationEvent'; readonly evaluationId: string }
  | {
      readonly type: 'MetricsEvent';
      readonly evaluationId: string;
      readonly preliminary: boolean;
      readonly metrics: readonly CellMetric[];
    }
  | {
      readonly type: 'SampleFailedEvent';
      readonly evaluationId: string;
      readonly item: number;
      readonly reason: string;
      readonly message: string;
    }
  | { readonly type: 'LogEvent'; readonly level: string; readonly message: string }
  | { readonly type: 'GateEvent'; readonly gate: GateResult }
  | { readonly type: 'WarningEvent'; readonly warning: RunWarning };

/** One event of a subscription, by the name of its GraphQL type. */
export type ToldEvent = Told & Placed;

type Cell = Pick<CellMetric, 'task' | 'model' | 'variant'>;

/** The events after a sequence, then those that come. */
export function toldEvents({ hub, prisma }: Services, runId: string, afterSequence: number) {
  const cells = new Map<string, Cell>();
  return hub.follow(`run:${runId}`, afterSequence, async (after, limit) => {
    const rows = await prisma.runEvent.findMany({
      where: { runId, sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take: limit,
    });
    const events = rows.map(({ sequence, createdAt, payload }): StoredEvent => {
      return { runId, sequence: Number(sequence), at: createdAt, event: payload as unknown as StreamEvent };
    });
    await learnCells(prisma, cells, runId, events);
    return events.map(
      ({ sequence, at, event }): ToldEvent => ({ ...told(event, cells), runId, sequence, at }),
    );
  });
}

// Metrics tell their evaluation by id alone; the names of its cell are read once.
async function learnCells(
  prisma: PrismaClient,
  cells: Map<string, Cell>,
  runId: string,
  events: readonly StoredEvent[],
): Promise<void> {
  const unknown = events.some(
    ({ event }) => event.type === 'metrics.updated' && !cells.has(event.evaluationId),
  );
  if (!unknown) return;
  const rows = await prisma.evaluation.findMany({
    where: { runId },
    select: { id: true, task: true, model: true, variant: true },
  });
  for (const { id, ...cell } of rows) cells.set(id, cell);
}

function told(event: StreamEvent, cells: ReadonlyMap<string, Cell>): Told {
  switch (event.type) {
    case 'run.status':
      return {
        type: 'RunStatusEvent',
        status: event.status,
        message: event.message,
        pauseParameters: event.pause,
        progress: progressOf(event.progress),
      };
    case 'run.started':
    case 'run.completed':
    case 'run.cancelled':
      return {
        type: 'RunStatusEvent',
        status: statusOf(event.run.status),
        message: undefined,
        progress: progressOf(event.progress),
      };
    case 'run.failed':
      return {
        type: 'RunStatusEvent',
        status: 'FAILED',
        message: event.message,
        progress: progressOf(event.progress),
      };
    case 'evaluation.started':
    case 'evaluation.completed':
      return { type: 'EvaluationEvent', evaluationId: event.evaluation.id };
    case 'samples.scored': {
      const { evaluationId, evaluationDone } = event;
      return {
        type: 'RunProgressEvent',
        status: 'RUNNING',
        progress: progressOf(event.progress),
        evaluationId,
        evaluationDone,
      };
    }
    case 'sample.failed': {
      const { evaluationId, item, reason, message } = event;
      return { type: 'SampleFailedEvent', evaluationId, item, reason, message };
    }
    case 'metrics.updated': {
      const { evaluationId, preliminary, metrics } = event;
      const cell = cells.get(evaluationId) ?? { task: '', model: '', variant: '' };
      return {
        type: 'MetricsEvent',
        evaluationId,
        preliminary,
        metrics: metrics.map((one) => cellMetric(one, cell, preliminary)),
      };
    }
    case 'log.written':
      return { type: 'LogEvent', level: event.level, message: event.message };
    case 'warning.raised':
      return { type: 'WarningEvent', warning: event.warning };
    case 'gate.evaluated':
      return { type: 'GateEvent', gate: event.gate };
  }
}

function cellMetric(metric: MetricRecord, cell: Cell, preliminary: boolean): CellMetric {
  const { stderr = null, ciLow = null, ciHigh = null } = metric;
  return { ...metric, ...cell, stderr, ciLow, ciHigh, preliminary };
}

// JSON has no undefined: what is not known is missing or null there.
function progressOf({ done, total, failed, rate, etaSeconds }: CoreProgress): RunProgress {
  return { done, total, failed, rate, etaSeconds: etaSeconds ?? undefined };
}

function statusOf(status: string): RunStatus {
  return status.toUpperCase() as RunStatus;
}
