// One task, or a new one: the editor once it is read.
import { component$, useComputed$ } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { TaskEditor } from './task-editor.tsx';
import { taskQuery } from './tasks-query.ts';
import { taskTexts } from './texts.ts';

/** `/tasks/new`. */
export const NewTaskPage = component$<PageProps>(() => <TaskEditor task={undefined} />);

/** `/tasks/:id`; the name does as well. */
export const SavedTaskPage = component$<PageProps>((props) => {
  const section = useText(sectionTexts);
  const text = useText(taskTexts);
  const show = useShow();
  const variables = useComputed$(() => ({ id: props.params['id'] ?? '' }));
  const { state, refresh$ } = useQuery(taskQuery, variables, { keepFor: 'tasks' });
  return (
    <>
      {show(state.value, {
        loading: <Skeleton rows={2} height={280} />,
        retry$: refresh$,
        ready: ({ task }) =>
          task === null ? (
            <div class="stack">
              <PageTitle text={section('tasks')} />
              <Empty icon="task" sentence={text('unknown')}>
                <ButtonLink href="/tasks" label={text('all')} />
              </Empty>
            </div>
          ) : (
            <TaskEditor key={task.id} task={task} onChanged$={refresh$} />
          ),
      })}
    </>
  );
});
