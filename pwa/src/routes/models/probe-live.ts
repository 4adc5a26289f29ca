// Probes an endpoint while a person watches.
import { client } from '../../graphql/client.ts';
import type { VariablesOf } from '../../graphql/graphql.ts';
import { type Check, probeSubscription } from './models-query.ts';

/** What is known so far. */
export interface ProbeView {
  status: 'idle' | 'asking' | 'found' | 'failed';
  /** Ids that the endpoint lists. */
  models: string[];
  checks: Check[];
  model: string;
  latencyMs: number | null;
  contextLength: number | null;
  fault: string;
}

/** Before anything was asked. */
export const noProbe = (): ProbeView => ({
  status: 'idle',
  models: [],
  checks: [],
  model: '',
  latencyMs: null,
  contextLength: null,
  fault: '',
});

/** Fills `view` step by step; resolves at the end. */
export function probeLive(
  input: VariablesOf<typeof probeSubscription>['input'],
  view: ProbeView,
): Promise<void> {
  Object.assign(view, noProbe(), { status: 'asking' });
  return new Promise((resolve) => {
    const end = (change: Partial<ProbeView>) => {
      Object.assign(view, change);
      running.unsubscribe();
      resolve();
    };
    const running = client.subscription(probeSubscription, { input }).subscribe(({ data, error }) => {
      const step = data?.endpointProbe;
      if (error !== undefined) return end({ status: 'failed', fault: error.message });
      if (step?.models) view.models = step.models;
      if (step?.check) view.checks = [...view.checks, step.check];
      if (step?.fault) return end({ status: 'failed', fault: step.fault });
      if (step?.found) {
        const { model, models, checks, latencyMs, contextLength } = step.found;
        end({ status: 'found', model, models, checks, latencyMs, contextLength });
      }
    });
  });
}
