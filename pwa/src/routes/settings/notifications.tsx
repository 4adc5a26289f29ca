// Notifications in the settings: the way to the inbox, and webhooks for who may manage them.
import { component$, useSignal } from '@builder.io/qwik';
import { Card } from '../../component/card.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { notificationTexts } from './notification-texts.ts';
import { Webhooks } from './webhooks.tsx';

const roleQuery = graphql(`
  query Role {
    viewer {
      role
    }
  }
`);

/** A card of the settings. */
export const Notifications = component$(() => {
  const text = useText(notificationTexts);
  const show = useShow();
  const { state, refresh$ } = useQuery(roleQuery, useSignal({}));
  return (
    <Card title={text('title')}>
      <a class="target" href="/inbox">
        {text('inbox')}
      </a>
      {show(state.value, {
        loading: <Skeleton rows={1} height={48} />,
        retry$: refresh$,
        ready: ({ viewer }) =>
          viewer.role === 'admin' ? <Webhooks /> : <p class="soft">{text('administrators')}</p>,
      })}
    </Card>
  );
});
