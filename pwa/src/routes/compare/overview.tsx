// All compared models at a glance: which is worth its time, and which is good at what.
import { component$, useSignal } from '@builder.io/qwik';
import { Chart } from '../../chart/chart.tsx';
import { Card } from '../../component/card.tsx';
import { SelectField } from '../../component/field.tsx';
import { messages, useText } from '../../i18n/text.ts';
import type { Comparison } from './compare-query.ts';
import { type SpeedMeasure, speedChart, speedMeasures, taskHeatmap } from './overview-charts.ts';
import { sideScores } from './side-scores.ts';

const texts = messages({
  en: {
    quality: 'Quality against speed',
    task: 'Task',
    measure: 'Speed',
    score: 'Score',
    model: 'Model',
    e2e_p50_ms: 'Time per sample, median',
    ttft_p50_ms: 'Time to first token, median',
    output_tokens_per_second: 'Output tokens per second',
    samples_per_second: 'Samples per second',
    front: 'Pareto front',
    summary:
      'On {task}, no other is both better and faster than: {front}. Diamonds lie on that Pareto front.',
    heatmap: 'Every task, every model',
    heatmapSummary:
      'The first score of each task; a stronger colour is higher, and the number says how much.',
  },
  'pt-BR': {
    quality: 'Qualidade e velocidade',
    task: 'Tarefa',
    measure: 'Velocidade',
    score: 'Nota',
    model: 'Modelo',
    e2e_p50_ms: 'Tempo por amostra, mediana',
    ttft_p50_ms: 'Tempo até o primeiro token, mediana',
    output_tokens_per_second: 'Tokens de saída por segundo',
    samples_per_second: 'Amostras por segundo',
    front: 'fronteira de Pareto',
    summary:
      'Em {task}, nenhum outro é ao mesmo tempo melhor e mais rápido que: {front}. Losangos ficam nessa fronteira de Pareto.',
    heatmap: 'Cada tarefa, cada modelo',
    heatmapSummary: 'A primeira nota de cada tarefa; cor mais forte é mais alto, e o número diz quanto.',
  },
});

const measures = Object.keys(speedMeasures) as SpeedMeasure[];

/** Nothing where there is nothing to set against each other. */
export const CompareOverview = component$<{ comparison: Comparison }>((props) => {
  const text = useText(texts);
  const chosenTask = useSignal('');
  const chosenMeasure = useSignal('');
  const { baseline, candidates } = props.comparison;
  const scores = sideScores([baseline, ...candidates]);
  const tasks = [...new Set(scores.map(({ task }) => task))];
  const task = tasks.find((one) => one === chosenTask.value) ?? tasks[0] ?? '';
  const ofTask = scores.filter((one) => one.task === task);
  const known = measures.filter((measure) => ofTask.filter(({ speeds }) => speeds[measure]).length > 1);
  const measure = known.find((one) => one === chosenMeasure.value) ?? known[0];
  const speed =
    measure &&
    speedChart(ofTask, measure, (front) => ({
      title: text('quality'),
      summary: text('summary', { task, front: front.join('; ') }),
      score: `${text('score')} (${ofTask[0]?.metric ?? ''})`,
      speed: text(measure),
      front: text('front'),
      path: text('front'),
    }));
  const heatmap = taskHeatmap(scores, {
    title: text('heatmap'),
    summary: text('heatmapSummary'),
    score: text('score'),
    model: text('model'),
  });
  return (
    <>
      {speed && (
        <Card>
          <div class="row overview-choice">
            <SelectField
              id="overview-task"
              label={text('task')}
              value={task}
              options={tasks.map((value) => ({ value, label: value }))}
              onChange$={(_, element) => {
                chosenTask.value = element.value;
              }}
            />
            <SelectField
              id="overview-measure"
              label={text('measure')}
              value={measure ?? ''}
              options={known.map((value) => ({ value, label: text(value) }))}
              onChange$={(_, element) => {
                chosenMeasure.value = element.value;
              }}
            />
          </div>
          <Chart key={`${task} ${measure}`} spec={speed} />
        </Card>
      )}
      {heatmap && (
        <Card>
          <Chart spec={heatmap} />
        </Card>
      )}
    </>
  );
});
