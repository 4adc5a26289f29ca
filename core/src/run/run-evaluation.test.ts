// One evaluation at a time, as a worker executes a run: the same results as the run as a whole.
import { describe, expect, it } from 'vitest';
import { openLanguageModel } from '../model/open.ts';
import { exampleSuite, makeExampleHome, runToEnd } from './fixture/example-home.ts';
import { runEvaluation } from './run-evaluation.ts';

const signal = new AbortController().signal;

describe('runEvaluation', () => {
  it('scores as the whole run does, in any order', async () => {
    using home = makeExampleHome(40);
    const whole = home.store('whole');
    const first = await home.plan(exampleSuite());
    await runToEnd(first, whole);
    const parts = home.store('parts');
    const plan = await home.plan(exampleSuite());
    await parts.open(
      plan.run,
      plan.evaluations.map(({ record }) => record),
    );
    for (const [position, { record }] of [...plan.evaluations.entries()].reverse()) {
      const outcome = await runEvaluation(plan, record, parts, { signal });
      const reference = first.evaluations[position]?.record.id ?? '';
      const scores = async (store: typeof whole, id: string) =>
        (await store.metrics(id))
          .filter(({ kind }) => kind === 'score')
          .map(({ metric, value, n, ciLow, ciHigh }) => ({ metric, value, n, ciLow, ciHigh }));
      expect(outcome.evaluation.status).toBe('succeeded');
      expect(await scores(parts, record.id)).toEqual(await scores(whole, reference));
    }
    await Promise.all([whole.close(), parts.close()]);
  });

  it('opens the model as it is told to', async () => {
    using home = makeExampleHome(3);
    const store = home.store();
    const plan = await home.plan(exampleSuite());
    await store.open(
      plan.run,
      plan.evaluations.map(({ record }) => record),
    );
    const opened: string[] = [];
    for (const { record } of plan.evaluations) {
      await runEvaluation(plan, record, store, {
        signal,
        openers: {
          languageModel: (model) => {
            opened.push(model.name);
            return openLanguageModel(model);
          },
        },
      });
    }
    expect(opened).toEqual(['echo', 'echo']);
    await store.close();
  });

  it('refuses an evaluation whose files have changed since', async () => {
    using home = makeExampleHome(3);
    const store = home.store();
    const plan = await home.plan(exampleSuite());
    const record = plan.evaluations[0]?.record;
    if (record === undefined) throw new Error('the plan is empty');
    const changed = { ...record, fingerprint: '0'.repeat(64) };
    await expect(runEvaluation(plan, changed, store, { signal })).rejects.toThrow('have changed');
    await store.close();
  });
});
