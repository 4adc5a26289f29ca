// A task made of a data set's columns: picks on one side, the file that they make on the other.
import { component$, useComputed$ } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { datasetQuery } from './datasets-query.ts';
import { TaskForm } from './task-form.tsx';
import { taskTexts } from './task-texts.ts';
import { datasetTexts } from './texts.ts';

/** `/datasets/:name/task`. */
export const TaskPage = component$<PageProps>((props) => {
  const text = useText(taskTexts);
  const words = useText(datasetTexts);
  const show = useShow();
  const variables = useComputed$(() => ({ name: props.params['name'] ?? '' }));
  const { state, refresh$ } = useQuery(datasetQuery, variables, { keepFor: 'datasets' });
  return (
    <div class="stack">
      <PageTitle text={text('title', { name: props.params['name'] ?? '' })} />
      {show(state.value, {
        loading: <Skeleton rows={4} height={90} />,
        retry$: refresh$,
        ready: ({ dataset }) => {
          const splits = dataset?.versions[0]?.splits ?? [];
          if (dataset === null || splits.length === 0)
            return (
              <Empty icon="dataset" sentence={words(dataset === null ? 'unknown' : 'noVersion')}>
                <ButtonLink href="/datasets" label={words('all')} />
              </Empty>
            );
          return <TaskForm dataset={dataset.name} splits={splits} />;
        },
      })}
    </div>
  );
});
