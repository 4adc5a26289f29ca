// What a task is, in a few words: how it is answered, on which data, by which metrics.
import { component$ } from '@builder.io/qwik';
import '../../component/entry.css';
import { useText } from '../../i18n/text.ts';
import type { TaskData } from './tasks-query.ts';
import { answerKey, taskTexts } from './texts.ts';

/** Of the newest version. */
export const TaskFacts = component$<{
  task: Pick<TaskData, 'outputType' | 'dataset' | 'metrics' | 'retrieves'>;
}>((props) => {
  const text = useText(taskTexts);
  const { outputType, dataset, metrics, retrieves } = props.task;
  const answers = answerKey(outputType);
  return (
    <dl class="definition">
      <dt>{text('outputType')}</dt>
      <dd>{answers === undefined ? outputType : text(answers)}</dd>
      <dt>{text('dataset')}</dt>
      <dd>
        <a href={`/datasets/${dataset}`}>{dataset}</a>
      </dd>
      <dt>{text('metrics')}</dt>
      <dd>{metrics.join(', ')}</dd>
      <dt>{text('retrieves')}</dt>
      <dd>{text(retrieves ? 'yes' : 'no')}</dd>
    </dl>
  );
});
