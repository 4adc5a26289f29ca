// Which kinds of notification come which way.
import { $, component$, useSignal } from '@builder.io/qwik';
import { Card } from '../../component/card.tsx';
import { CheckField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { client } from '../../graphql/client.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { type NoticeKind, noticeTexts } from '../../notice/notice-text.ts';
import { preferencesQuery, setPreferenceMutation } from './inbox-query.ts';
import { inboxTexts } from './texts.ts';

/** A switch for each kind and way. */
export const NoticePreferences = component$(() => {
  const text = useText(inboxTexts);
  const kind = useText(noticeTexts);
  const show = useShow();
  const { state, refresh$ } = useQuery(preferencesQuery, useSignal({}));
  const change = $(async (of: NoticeKind, way: 'inApp' | 'push', wanted: boolean) => {
    await client.mutation(setPreferenceMutation, { kind: of, [way]: wanted }).toPromise();
    await refresh$();
  });
  return (
    <Card title={text('preferences')}>
      {show(state.value, {
        loading: <Skeleton rows={5} height={32} />,
        retry$: refresh$,
        ready: ({ notificationPreferences }) => (
          <table class="switches">
            <thead>
              <tr>
                <th scope="col">{text('kind')}</th>
                <th scope="col">{text('inApp')}</th>
                <th scope="col">{text('push')}</th>
              </tr>
            </thead>
            <tbody>
              {notificationPreferences.map((preference) => (
                <tr key={preference.kind}>
                  <th scope="row">{kind(preference.kind)}</th>
                  {(['inApp', 'push'] as const).map((way) => (
                    <td key={way}>
                      <CheckField
                        label={text(`${way}Of`, { kind: kind(preference.kind) })}
                        quietLabel={true}
                        checked={preference[way]}
                        onChange$={(_, element) => change(preference.kind, way, element.checked)}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ),
      })}
      <p class="small soft">
        <a href="/settings">{text('webhooks')}</a>
      </p>
    </Card>
  );
});
