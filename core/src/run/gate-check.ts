// Whether the gates of a suite speak of evaluations and metrics that the run will have.
import { unknownName } from '../errors.ts';
import type { FaultList } from './fault-list.ts';
import { evaluationsOf } from './gates.ts';
import type { EvaluationRecord } from './record.ts';
import { retrievalMetricNames } from './retrieval-metrics.ts';
import { speedMetricNames } from './speed-metrics.ts';
import type { Gate } from './suite-schema.ts';

/** Adds a fault for each gate whose model, task, variant or metric does not exist. */
export function checkGates(
  gates: readonly Gate[],
  evaluations: readonly EvaluationRecord[],
  faults: FaultList,
): void {
  for (const [position, gate] of gates.entries()) {
    // A task that cannot run has no metrics to be wrong about.
    const meant = evaluationsOf(gate, evaluations);
    if (meant.length > 0 && meant.every(({ metrics }) => metrics.length === 0)) continue;
    for (const key of ['model', 'task', 'variant', 'metric', 'filter'] as const) {
      const given = gate[key];
      const known = knownFor(key, gate, evaluations);
      if (given === undefined || known.includes(given)) continue;
      faults.add(['gates', position, key], unknownName(`${key} in a gate`, given, known));
      break;
    }
  }
}

function knownFor(key: keyof Gate, gate: Gate, evaluations: readonly EvaluationRecord[]): string[] {
  const ofModel = evaluations.filter(({ model }) => model === gate.model);
  const ofTask = ofModel.filter(({ task }) => task === gate.task);
  const meant = evaluationsOf(gate, evaluations);
  switch (key) {
    case 'model':
      return unique(evaluations.map(({ model }) => model));
    case 'task':
      return unique(ofModel.map(({ task }) => task));
    case 'variant':
      return unique(ofTask.flatMap(({ variant }) => [variant, variant.split('[')[0] ?? variant]));
    case 'metric':
      return unique([
        ...meant.flatMap(({ metrics }) => metrics.map(({ metric }) => metric)),
        // These have no value for each item that could be paired with a baseline's.
        ...(gate.baseline === undefined ? [...retrievalMetricNames, ...speedMetricNames] : []),
      ]);
    default:
      return unique([...meant.flatMap(({ metrics }) => metrics.map(({ filter }) => filter)), 'none']);
  }
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
