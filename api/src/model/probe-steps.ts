// A probe as a stream of its steps.
import type { EndpointProbe, ProbeCall, ProbeCheck } from '@bancada/core';

/** One step. */
export type ProbeStep =
  | { readonly type: 'models'; readonly models: readonly string[] }
  | { readonly type: 'check'; readonly check: ProbeCheck }
  | { readonly type: 'found'; readonly found: EndpointProbe }
  | { readonly type: 'fault'; readonly message: string };

/** Yields each step as it happens; the last tells the whole or the fault. Whoever leaves early ends the probe. */
export async function* probeSteps(
  probe: (call: ProbeCall) => Promise<EndpointProbe>,
  messageOf: (thrown: unknown) => string | undefined,
): AsyncGenerator<ProbeStep> {
  const stop = new AbortController();
  const steps: ProbeStep[] = [];
  let wake = () => {};
  const push = (step: ProbeStep) => {
    steps.push(step);
    wake();
  };
  const call: ProbeCall = {
    signal: stop.signal,
    onModels: (models) => push({ type: 'models', models }),
    onCheck: (check) => push({ type: 'check', check }),
  };
  let unexpected: unknown;
  const done = probe(call).then(
    (found) => push({ type: 'found', found }),
    (thrown: unknown) => {
      const message = messageOf(thrown);
      unexpected = message === undefined ? thrown : undefined;
      push({ type: 'fault', message: message ?? '' });
    },
  );
  try {
    for (;;) {
      const step = steps.shift();
      if (step === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (steps.length > 0) resolve();
        });
        continue;
      }
      if (unexpected !== undefined && step.type === 'fault') throw unexpected;
      yield step;
      if (step.type === 'found' || step.type === 'fault') return;
    }
  } finally {
    stop.abort();
    await done;
  }
}
