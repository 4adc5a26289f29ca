// How a suite's scores went over its runs.
import { component$, useComputed$, useSignal } from '@builder.io/qwik';
import { Chart } from '../../chart/chart.tsx';
import { Card } from '../../component/card.tsx';
import { writeEstimate } from '../../component/estimate.tsx';
import { SelectField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { messages, useText } from '../../i18n/text.ts';
import { scoreUnit } from '../../run/headline.ts';
import { scoreFields } from '../../run/score-fields.ts';
import { historyChart, historyKey, historyKeys } from './history-chart.ts';

const texts = messages({
  en: {
    title: 'Over the runs',
    score: 'Score',
    when: 'Run of',
    gate: 'gate',
    summary: '{n} {n|run|runs}; the last came to {value}. The band is the 95% interval.',
    few: 'Two finished runs of this suite make a line.',
  },
  'pt-BR': {
    title: 'Ao longo das execuções',
    score: 'Pontuação',
    when: 'Execução de',
    gate: 'critério',
    summary: '{n} {n|execução|execuções}; a última chegou a {value}. A faixa é o intervalo de 95%.',
    few: 'Duas execuções concluídas desta suíte fazem uma linha.',
  },
});

const historyQuery = graphql(
  `
    query SuiteHistory($id: ID!) {
      suite(id: $id) {
        id
        runs(first: 100) {
          id
          status
          createdAt
          gates { gate }
          metrics { ...ScoreFields filter }
        }
      }
    }
  `,
  [scoreFields],
);

/** One score at a time, chosen by the reader. `finished`: succeeded runs among the latest. */
export const SuiteHistory = component$<{ suiteId: string; finished: number }>((props) => {
  const text = useText(texts);
  const format = useFormat();
  const show = useShow();
  const chosen = useSignal('');
  const variables = useComputed$(() => ({ id: props.suiteId }));
  const { state, refresh$ } = useQuery(historyQuery, variables, { keepFor: 'suites' });
  return show(state.value, {
    // As tall as what comes: the page of the suite knows whether there will be a line.
    loading: <Skeleton rows={1} height={props.finished < 2 ? 92 : 420} />,
    retry$: refresh$,
    ready: ({ suite }) => {
      const runs = (suite?.runs ?? []).filter((run) => run.status === 'SUCCEEDED');
      const keys = historyKeys(runs);
      const key = keys.includes(chosen.value) ? chosen.value : (keys[0] ?? '');
      const last = runs.flatMap((run) => run.metrics).find((metric) => historyKey(metric) === key);
      if (runs.length < 2 || last === undefined)
        return (
          <Card title={text('title')}>
            <p class="soft">{text('few')}</p>
          </Card>
        );
      return (
        <Card>
          <SelectField
            id="history-score"
            label={text('score')}
            value={key}
            options={keys.map((value) => ({ value, label: value }))}
            onChange$={(_, element) => {
              chosen.value = element.value;
            }}
          />
          <Chart
            key={key}
            spec={historyChart(runs, key, {
              title: text('title'),
              score: text('score'),
              when: text('when'),
              gate: text('gate'),
              summary: text('summary', {
                n: runs.length,
                value: writeEstimate({ ...last, unit: scoreUnit(last) }, format),
              }),
            })}
          />
        </Card>
      );
    },
  });
});
