// A run as the screens see it, and how each event changes it.
import type { RunEvaluation, RunEvent, RunMetric, RunSnapshot } from './run-query.ts';
import { isFinished } from './run-status.ts';

/** One line of the run's live log. */
interface LiveLine {
  readonly id: string;
  readonly at: string;
  readonly level: string;
  readonly message: string;
}

/** How a score stood after `n` samples. */
export interface TracePoint {
  readonly n: number;
  readonly value: number;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
}

/** The run, everything that happened to it up to `sequence` included. */
export interface RunState {
  readonly sequence: number;
  readonly run: RunSnapshot;
  /** What was logged or failed while watching, oldest first. */
  readonly lines: readonly LiveLine[];
  /** Scores while watching, by `traceKey`, oldest first. */
  readonly traces: Readonly<Record<string, readonly TracePoint[]>>;
}

/** How many live lines, and points of a trace, are kept. */
const liveLimit = 500;

/** The run as the server's answer says. */
export function startRunState(run: RunSnapshot): RunState {
  return { sequence: run.lastSequence, run, lines: [], traces: {} };
}

/** Names the trace of one metric of one evaluation. */
export function traceKey(metric: Pick<RunMetric, 'evaluationId' | 'name' | 'filter'>): string {
  return `${metric.evaluationId}/${metric.name}/${metric.filter}`;
}

/** The state after an event. One that is already in it changes nothing, so replays do no harm. */
export function foldRunEvent(state: RunState, event: RunEvent): RunState {
  if (event.sequence <= state.sequence || event.runId !== state.run.id) return state;
  return { ...apply(state, event), sequence: event.sequence };
}

function apply(state: RunState, event: RunEvent): RunState {
  const { run } = state;
  switch (event.__typename) {
    case 'RunProgressEvent':
      return withRun(state, {
        status: event.status,
        progress: event.progress,
        evaluations: run.evaluations.map((evaluation) =>
          evaluation.id === event.progressOf && event.evaluationDone !== null
            ? { ...evaluation, done: Math.max(evaluation.done, event.evaluationDone) }
            : evaluation,
        ),
      });
    case 'RunStatusEvent':
      return withRun(state, {
        status: event.status,
        progress: event.progress,
        startedAt: run.startedAt ?? (event.status === 'RUNNING' ? event.at : null),
        finishedAt: isFinished(event.status) ? event.at : null,
        pauseReason: event.status === 'PAUSED' ? event.statusMessage : null,
        pauseParameters: event.status === 'PAUSED' ? event.pauseParameters : null,
        error: event.status === 'FAILED' ? (event.statusMessage ?? run.error) : null,
      });
    case 'EvaluationEvent':
      return withRun(state, { evaluations: putEvaluation(run.evaluations, event.evaluation) });
    case 'MetricsEvent':
      return {
        ...withRun(state, { metrics: putMetrics(run.metrics, event.metrics) }),
        traces: trace(state.traces, event.metrics),
      };
    case 'SampleFailedEvent':
      return withLine(state, event, 'error', `#${event.item} ${event.reason}: ${event.failure}`);
    case 'LogEvent':
      return withLine(state, event, event.level, event.line);
    case 'GateEvent':
      return withRun(state, {
        gates: [...run.gates.filter((gate) => gate.message !== event.gate.message), event.gate],
      });
    case 'WarningEvent':
      return withRun(state, {
        warnings: [...run.warnings.filter((known) => !sameWarning(known, event.warning)), event.warning],
      });
    default:
      return state;
  }
}

function withRun(state: RunState, changes: Partial<RunSnapshot>): RunState {
  return { ...state, run: { ...state.run, ...changes } };
}

function withLine(state: RunState, event: RunEvent, level: string, message: string): RunState {
  const line = { id: `live-${event.sequence}`, at: event.at, level, message };
  return { ...state, lines: [...state.lines, line].slice(-liveLimit) };
}

function putEvaluation(known: readonly RunEvaluation[], next: RunEvaluation): RunEvaluation[] {
  return known.some((evaluation) => evaluation.id === next.id)
    ? known.map((evaluation) => (evaluation.id === next.id ? next : evaluation))
    : [...known, next];
}

function putMetrics(known: readonly RunMetric[], next: readonly RunMetric[]): RunMetric[] {
  const fresh = new Map(next.map((metric) => [traceKey(metric), metric]));
  const kept = known.map((metric) => {
    const key = traceKey(metric);
    const update = fresh.get(key);
    fresh.delete(key);
    return update ?? metric;
  });
  return [...kept, ...fresh.values()];
}

function trace(traces: RunState['traces'], metrics: readonly RunMetric[]): RunState['traces'] {
  const changed: Record<string, readonly TracePoint[]> = { ...traces };
  for (const metric of metrics) {
    if (metric.kind !== 'score') continue;
    const key = traceKey(metric);
    const point = { n: metric.n, value: metric.value, ciLow: metric.ciLow, ciHigh: metric.ciHigh };
    const before = (changed[key] ?? []).filter((other) => other.n < metric.n);
    changed[key] = [...before, point].slice(-liveLimit);
  }
  return changed;
}

function sameWarning(a: RunSnapshot['warnings'][number], b: RunSnapshot['warnings'][number]): boolean {
  return a.code === b.code && a.evaluationId === b.evaluationId;
}
