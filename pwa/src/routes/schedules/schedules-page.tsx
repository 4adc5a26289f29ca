// Suites that run by the clock: the list, and the form of one.
import { $, component$, useComputed$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { ListSearch, Paging } from '../../component/list-page.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { useActivity } from '../../live/use-activity.ts';
import { setSearch } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { ScheduleCard } from './schedule-card.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import './schedules.css';
import { schedulesQuery } from './schedules-query.ts';
import { scheduleTexts } from './texts.ts';

/** `/schedules?edit=`: `new`, or the id of the one that is changed. */
export const SchedulesPage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(scheduleTexts);
  const place = usePlace();
  const show = useShow();
  const variables = useComputed$(() => ({
    search: searchValue(place, 'search') || null,
    after: searchValue(place, 'after') || null,
  }));
  const { state, refresh$ } = useQuery(schedulesQuery, variables, { keepFor: 'schedules' });
  useActivity(
    $(async ({ kind }) => {
      if (kind === 'schedule.changed' || kind === 'run.created' || kind === 'run.status') await refresh$();
    }),
  );
  const done = $(async (saved: boolean) => {
    setSearch({ edit: undefined });
    if (saved) await refresh$();
  });
  const editing = searchValue(place, 'edit');
  return (
    <div class="stack">
      <PageTitle text={section('schedules')}>
        <Button
          icon="add"
          kind="primary"
          label={text('create')}
          onClick$={() => setSearch({ edit: 'new' })}
        />
      </PageTitle>
      {show(state.value, {
        loading: <Skeleton rows={3} height={180} />,
        retry$: refresh$,
        ready: ({ schedules, suites }) => {
          const edited = schedules.nodes.find(({ id }) => id === editing);
          const searching = searchValue(place, 'search') !== '';
          return (
            <>
              {(editing === 'new' || edited !== undefined) &&
                (suites.nodes.length === 0 ? (
                  <p class="notice warn">{text('noSuites')}</p>
                ) : (
                  <ScheduleForm key={editing} schedule={edited} suites={suites.nodes} onDone$={done} />
                ))}
              {(searching || schedules.nodes.length > 5) && <ListSearch label={text('search')} />}
              {schedules.nodes.length === 0 && editing !== 'new' && (
                <Empty icon="waiting" sentence={text(searching ? 'noneFound' : 'none')}>
                  <Button icon="add" label={text('create')} onClick$={() => setSearch({ edit: 'new' })} />
                </Empty>
              )}
              <ul class="entries">
                {schedules.nodes.map((schedule) => (
                  <ScheduleCard key={schedule.id} schedule={schedule} onChanged$={refresh$} />
                ))}
              </ul>
              <Paging {...schedules.pageInfo} />
            </>
          );
        },
      })}
    </div>
  );
});
