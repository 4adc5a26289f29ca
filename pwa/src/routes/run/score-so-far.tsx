// One evaluation's score as it settled, with a choice of the evaluation.
import { component$, useComputed$, useSignal } from '@builder.io/qwik';
import { Chart } from '../../chart/chart.tsx';
import { Card } from '../../component/card.tsx';
import { SelectField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { scoreUnit, variantSuffix } from '../../run/headline.ts';
import { traceKey } from '../../run/run-state.ts';
import { joinTraces, soFarChart } from './overview-chart.ts';
import { runTexts } from './run-text.ts';
import type { TabProps } from './tab.ts';

const soFarQuery = graphql(`
  query ScoreSoFar($id: ID!, $metric: String) {
    node(id: $id) {
      ... on Evaluation { id scoreSoFar(metric: $metric, maxPoints: 200) { n value ciLow ciHigh } }
    }
  }
`);

/** The running evaluation first, else the first. */
export const ScoreSoFar = component$<TabProps>((props) => {
  const text = useText(runTexts);
  const format = useFormat();
  const show = useShow();
  const { run } = props.state;
  const scores = run.metrics.filter((metric) => metric.kind === 'score');
  const running = run.evaluations.find((evaluation) => evaluation.status === 'RUNNING')?.id;
  const chosen = useSignal('');
  const current =
    scores.find((metric) => traceKey(metric) === chosen.value) ??
    scores.find((metric) => metric.evaluationId === running) ??
    scores[0];
  const id = useSignal(current?.evaluationId ?? '');
  const name = useSignal(current?.name ?? '');
  const variables = useComputed$(() => ({ id: id.value, metric: name.value }));
  const { state, refresh$ } = useQuery(soFarQuery, variables, { keepFor: run.id });
  if (current === undefined) return null;
  const models = [...new Set(run.evaluations.map((evaluation) => evaluation.model))];
  return (
    <Card>
      <SelectField
        id="so-far"
        label={text('evaluation')}
        value={traceKey(current)}
        options={scores.map((metric) => ({
          value: traceKey(metric),
          label: `${metric.model} · ${metric.task}${variantSuffix(metric.variant)} · ${metric.name}`,
        }))}
        onChange$={(_, element) => {
          chosen.value = element.value;
          const metric = scores.find((one) => traceKey(one) === element.value);
          id.value = metric?.evaluationId ?? '';
          name.value = metric?.name ?? '';
        }}
      />
      {show(state.value, {
        loading: <Skeleton rows={1} height={320} />,
        retry$: refresh$,
        ready: (data) => {
          const node = data.node;
          const known =
            node !== null && 'scoreSoFar' in node && node.id === current.evaluationId ? node.scoreSoFar : [];
          const points = joinTraces(known, props.state.traces[traceKey(current)] ?? []);
          return (
            <Chart
              key={traceKey(current)}
              spec={soFarChart(
                `${current.model} · ${current.task}${variantSuffix(current.variant)}`,
                scoreUnit(current),
                points,
                models.indexOf(current.model),
                text,
                format,
              )}
            />
          );
        },
      })}
    </Card>
  );
});
