// How fast the models answered: distributions, throughput, percentiles.
import { component$, useComputed$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Chart } from '../../chart/chart.tsx';
import { Card } from '../../component/card.tsx';
import { Empty } from '../../component/empty.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { TableScroll } from '../../component/table-scroll.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { isFinished } from '../../run/run-status.ts';
import { EvaluationChoice } from './evaluation-choice.tsx';
import { histogramChart, metricUnit, throughputChart } from './performance-chart.ts';
import { performanceTexts } from './performance-text.ts';
import type { TabProps } from './tab.ts';

const performanceQuery = graphql(`
  query Performance($id: ID!) {
    node(id: $id) {
      ... on Evaluation {
        id
        ttft: histogram(measurement: "ttft", bins: 30) { measurement unit edges counts p50 p95 p99 }
        e2e: histogram(measurement: "e2e", bins: 30) { measurement unit edges counts p50 p95 p99 }
        interToken: histogram(measurement: "interToken", bins: 30) { measurement unit edges counts p50 p95 p99 }
        throughput(maxPoints: 200) { at samplesPerSecond tokensPerSecond }
      }
    }
  }
`);

/** Milliseconds between two readings while the run goes on. */
const refreshEvery = 5_000;

/** `/runs/:id/performance`. */
export const PerformanceTab = component$<TabProps>((props) => {
  const text = useText(performanceTexts);
  const format = useFormat();
  const show = useShow();
  const { run } = props.state;
  const chosen = useSignal(
    (run.evaluations.find((evaluation) => evaluation.status === 'RUNNING') ?? run.evaluations[0])?.id ?? '',
  );
  const variables = useComputed$(() => ({ id: chosen.value }));
  const { state, refresh$ } = useQuery(performanceQuery, variables, { keepFor: run.id });
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
  if (run.evaluations.length === 0) return <Empty icon="chart" sentence={text('noEvaluation')} />;
  const speed = run.metrics.filter(
    (metric) => metric.kind === 'speed' && metric.evaluationId === chosen.value,
  );
  return (
    <div class="stack">
      <EvaluationChoice
        id="performance-evaluation"
        label={text('evaluation')}
        evaluations={run.evaluations}
        value={chosen.value}
        onChange$={(_, element) => {
          chosen.value = element.value;
        }}
      />
      {show(state.value, {
        loading: <Skeleton rows={3} height={300} />,
        retry$: refresh$,
        ready: ({ node }) => {
          if (node === null || !('ttft' in node)) return <Empty icon="chart" sentence={text('none')} />;
          const drawn = [node.e2e, node.ttft, node.interToken].filter(
            (histogram) => histogram.counts.length > 0,
          );
          return (
            <div class="columns">
              {drawn.map((histogram, index) => (
                <Card key={`${node.id}${histogram.measurement}`}>
                  <Chart spec={histogramChart(histogram, index, text, format)} />
                </Card>
              ))}
              {drawn.length === 0 && <p class="soft">{text('none')}</p>}
              {node.throughput.length > 1 && (
                <Card key={`${node.id}throughput`}>
                  <Chart spec={throughputChart(node.throughput, text, format)} />
                </Card>
              )}
            </div>
          );
        },
      })}
      {speed.length > 0 && (
        <Card title={text('numbers')}>
          <TableScroll label={text('numbers')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{text('metric')}</th>
                  <th scope="col" class="number">
                    {text('value')}
                  </th>
                  <th scope="col" class="number">
                    {text('n')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {speed.map((metric) => (
                  <tr key={metric.name}>
                    <td>
                      <code>{metric.name}</code>
                    </td>
                    <td class="number">{format.quantity(metric.value, metricUnit(metric.name))}</td>
                    <td class="number">{format.number(metric.n)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        </Card>
      )}
    </div>
  );
});
