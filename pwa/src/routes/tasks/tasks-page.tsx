// Every task: those of the files, and those saved here.
import { component$, useComputed$ } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { ListSearch, Paging } from '../../component/list-page.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { TaskFacts } from './task-facts.tsx';
import { tasksQuery } from './tasks-query.ts';
import { taskTexts } from './texts.ts';

/** `/tasks`. */
export const TasksPage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(taskTexts);
  const place = usePlace();
  const show = useShow();
  const variables = useComputed$(() => ({
    search: searchValue(place, 'search') || null,
    after: searchValue(place, 'after') || null,
  }));
  const { state, refresh$ } = useQuery(tasksQuery, variables, { keepFor: 'tasks' });
  return (
    <div class="stack">
      <PageTitle text={section('tasks')}>
        <ButtonLink href="/tasks/new" icon="add" kind="primary" label={text('newTask')} />
      </PageTitle>
      <ListSearch label={text('search')} />
      {show(state.value, {
        loading: <Skeleton rows={3} height={150} />,
        retry$: refresh$,
        ready: ({ tasks }) =>
          tasks.nodes.length === 0 ? (
            <Empty icon="task" sentence={text(searchValue(place, 'search') === '' ? 'none' : 'noneFound')}>
              <ButtonLink href="/tasks/new" label={text('newTask')} />
            </Empty>
          ) : (
            <>
              <ul class="entries">
                {tasks.nodes.map((task) => (
                  <li key={task.id} class="card">
                    <div class="card-head">
                      <h2>
                        <a href={`/tasks/${task.id}`}>{task.name}</a>
                      </h2>
                      <span class="row">
                        {task.bundled && <span class="chip">{text('bundled')}</span>}
                        <span class="chip">{text('version', { version: task.version })}</span>
                      </span>
                    </div>
                    <TaskFacts task={task} />
                    <div class="row">
                      <ButtonLink
                        href={`/new?task=${task.name}&step=models`}
                        icon="play"
                        label={text('run')}
                      />
                    </div>
                  </li>
                ))}
              </ul>
              <Paging {...tasks.pageInfo} />
            </>
          ),
      })}
    </div>
  );
});
