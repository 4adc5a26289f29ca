// The machines in one line each: how busy they were in the last minutes.
import { component$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { graphql } from '../../graphql/graphql.ts';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { homeTexts } from './home-text.ts';

const machinesQuery = graphql(`
  query HomeMachines {
    workers { id node alive hardware(minutes: 10, maxPoints: 60) { metric unit points { value } } }
  }
`);

const shown = ['cpu', 'memory', 'disk'] as const;

/** Milliseconds between two readings. */
const refreshEvery = 15_000;

/** Nothing while no worker is alive: the list of what needs attention says so. */
export const MachineStrip = component$(() => {
  const text = useText(homeTexts);
  const format = useFormat();
  const { state, refresh$ } = useQuery(machinesQuery, useSignal({}));
  useVisibleTask$(
    ({ cleanup }) => {
      const timer = setInterval(async () => {
        if (!document.hidden) await refresh$();
      }, refreshEvery);
      cleanup(() => clearInterval(timer));
    },
    { strategy: 'document-ready' },
  );
  if (state.value.status !== 'ready') return <div class="card machine-strip" aria-hidden="true" />;
  const workers = state.value.data.workers.filter((worker) => worker.alive);
  return (
    <>
      {workers.map((worker) => (
        <a key={worker.id} class="card machine-strip" href="/hardware">
          <strong>{worker.node}</strong>
          {shown.map((name) => {
            const series = worker.hardware.find((one) => one.metric === name);
            const last = series?.points.at(-1)?.value;
            if (series === undefined || last === undefined) return null;
            return (
              <span key={name} class="row">
                <span class="soft small">{text(name)}</span>
                <span class="number">{format.quantity(last, series.unit)}</span>
                {series.unit === 'ratio' && <Sparkline values={series.points.map(({ value }) => value)} />}
              </span>
            );
          })}
        </a>
      ))}
    </>
  );
});

/** Shares between 0 and 1 over time; the number beside it is the newest. */
const Sparkline = (props: { values: readonly number[] }) => {
  const step = 80 / Math.max(1, props.values.length - 1);
  const points = props.values.map(
    (value, index) => `${(index * step).toFixed(1)},${(19 - 18 * value).toFixed(1)}`,
  );
  return (
    <svg width="80" height="20" viewBox="0 0 80 20" aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke="var(--accent)" stroke-width="1.5" />
    </svg>
  );
};
