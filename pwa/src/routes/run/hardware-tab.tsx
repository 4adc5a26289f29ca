// The machine under the run: processor, memory, GPUs, power, temperature, aligned with its phases.
import { component$, useComputed$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Chart } from '../../chart/chart.tsx';
import { Card } from '../../component/card.tsx';
import { Empty } from '../../component/empty.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { isFinished } from '../../run/run-status.ts';
import { hardwareCharts, hardwareTexts } from './hardware-chart.ts';
import type { TabProps } from './tab.ts';

const hardwareQuery = graphql(`
  query RunHardware($id: ID!) {
    run(id: $id) {
      id
      hardware(maxPoints: 300) { workerId node metric unit points { at value } }
      phases { label evaluationId startedAt finishedAt }
    }
  }
`);

/** Milliseconds between two readings while the run goes on. */
const refreshEvery = 2_000;

/** `/runs/:id/hardware`. */
export const HardwareTab = component$<TabProps>((props) => {
  const text = useText(hardwareTexts);
  const format = useFormat();
  const show = useShow();
  const { state, refresh$ } = useQuery(hardwareQuery, useSignal({ id: props.state.run.id }), {
    keepFor: props.state.run.id,
  });
  const over = useComputed$(() => isFinished(props.state.run.status));
  useVisibleTask$(
    ({ track, cleanup }) => {
      if (track(() => over.value)) return;
      const timer = setInterval(async () => {
        if (!document.hidden) await refresh$();
      }, refreshEvery);
      cleanup(() => clearInterval(timer));
    },
    { strategy: 'document-ready' },
  );
  return show(state.value, {
    loading: <Skeleton rows={3} height={260} />,
    retry$: refresh$,
    ready: ({ run }) => {
      const series = (run?.hardware ?? []).filter((one) => one.points.length > 0);
      if (run === null || series.length === 0) return <Empty icon="hardware" sentence={text('none')} />;
      return (
        <div class="stack">
          {run.phases.length > 0 && (
            <Card>
              <details>
                <summary class="soft small">{text('phases')}</summary>
                <ol class="phases small">
                  {run.phases.map((phase) => (
                    <li key={phase.evaluationId}>
                      {phase.label}{' '}
                      <span class="soft number">
                        {format.time(phase.startedAt)} – {format.time(phase.finishedAt)}
                      </span>
                    </li>
                  ))}
                </ol>
              </details>
            </Card>
          )}
          <div class="columns">
            {hardwareCharts(series, run.phases, text, format).map((spec) => (
              <Card key={spec.title}>
                <Chart spec={spec} />
              </Card>
            ))}
          </div>
        </div>
      );
    },
  });
});
