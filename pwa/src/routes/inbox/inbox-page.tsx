// The inbox: what happened, latest first, live; and what the reader wants to be told.
import { $, component$, useComputed$ } from '@builder.io/qwik';
import { Badge, type Tone } from '../../component/badge.tsx';
import { Button, ButtonLink } from '../../component/button.tsx';
import '../../component/entry.css';
import { Empty } from '../../component/empty.tsx';
import type { IconName } from '../../component/icon.tsx';
import { Paging } from '../../component/list-page.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { Tabs } from '../../component/tabs.tsx';
import { client } from '../../graphql/client.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { useActivity } from '../../live/use-activity.ts';
import { type NoticeKind, noticeTexts } from '../../notice/notice-text.ts';
import { noticeWords } from '../../notice/notice-words.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { usePreferences } from '../../shell/preferences.ts';
import { sectionTexts } from '../../shell/section.ts';
import './inbox.css';
import { inboxQuery, markReadMutation } from './inbox-query.ts';
import { NoticePreferences } from './notice-preferences.tsx';
import { PushDevice } from './push-device.tsx';
import { inboxTexts } from './texts.ts';

const looks: Readonly<Record<NoticeKind, readonly [Tone, IconName]>> = {
  RUN_ENDED: ['good', 'ok'],
  RUN_FAILED: ['bad', 'failed'],
  GATE_MISSED: ['warn', 'wrong'],
  SCHEDULE_MISSED: ['warn', 'waiting'],
  DISK_LOW: ['warn', 'hardware'],
};

/** `/inbox?unread=1`. */
export const InboxPage = component$<PageProps>(() => {
  const text = useText(inboxTexts);
  const section = useText(sectionTexts);
  const kind = useText(noticeTexts);
  const format = useFormat();
  const { language } = usePreferences();
  const show = useShow();
  const place = usePlace();
  const offline = useOffline();
  const variables = useComputed$(() => ({
    unread: searchValue(place, 'unread') === '1' || null,
    after: searchValue(place, 'after') || null,
  }));
  const { state, refresh$ } = useQuery(inboxQuery, variables, { keepFor: 'inbox' });
  useActivity(
    $(async (activity) => {
      if (activity.kind.startsWith('notification.')) await refresh$();
    }),
  );
  const mark = $(async (ids: string[] | null) => {
    await client.mutation(markReadMutation, { ids }).toPromise();
    await refresh$();
  });
  return (
    <div class="stack">
      <PageTitle text={section('inbox')}>
        <Button icon="ok" label={text('markAll')} why={offline} onClick$={() => mark(null)} />
      </PageTitle>
      {show(state.value, {
        loading: <Skeleton rows={4} height={96} />,
        retry$: refresh$,
        ready: ({ notifications, viewer }) => {
          const onlyUnread = variables.value.unread === true;
          return (
            <>
              <Tabs
                label={text('filters')}
                tabs={[
                  { href: '/inbox', label: text('all'), current: !onlyUnread },
                  {
                    href: '/inbox?unread=1',
                    label: text('unread', { n: viewer.unreadNotifications }),
                    current: onlyUnread,
                  },
                ]}
              />
              {notifications.nodes.length === 0 && (
                <Empty icon="inbox" sentence={text(onlyUnread ? 'noneUnread' : 'none')}>
                  <ButtonLink href="/runs" icon="runs" label={text('runs')} />
                </Empty>
              )}
              <ul class="notices">
                {notifications.nodes.map((notice) => (
                  <li
                    key={notice.id}
                    class={['card', notice.readAt === null && 'unread']}
                    data-testid="notice"
                  >
                    <div class="row between">
                      <span class="row">
                        <Badge
                          tone={looks[notice.kind][0]}
                          icon={looks[notice.kind][1]}
                          label={kind(notice.kind)}
                        />
                        {notice.readAt === null && <span class="chip">{text('new')}</span>}
                      </span>
                      <time
                        class="small soft"
                        dateTime={notice.createdAt}
                        title={format.dateTime(notice.createdAt)}
                      >
                        {format.ago(notice.createdAt)}
                      </time>
                    </div>
                    <h2>
                      {notice.runId === null ? (
                        notice.subject
                      ) : (
                        <a href={`/runs/${notice.runId}`}>{notice.subject}</a>
                      )}
                    </h2>
                    <p class="notice-detail">{noticeWords(notice, language)}</p>
                    {notice.readAt === null && (
                      <div class="row">
                        <Button
                          icon="ok"
                          label={text('markRead')}
                          why={offline}
                          onClick$={() => mark([notice.id])}
                        />
                      </div>
                    )}
                  </li>
                ))}
              </ul>
              <Paging {...notifications.pageInfo} />
            </>
          );
        },
      })}
      {state.value.status !== 'loading' && (
        <div class="columns">
          <PushDevice />
          <NoticePreferences />
        </div>
      )}
    </div>
  );
});
