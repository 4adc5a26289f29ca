// The audit trail, newest first, page by page.
import { component$, useComputed$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { TableScroll } from '../../component/table-scroll.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import { searchValue, usePlace } from '../../routing/place.ts';
import { roomForTable, useWide } from '../../shell/wide.ts';
import { accountTexts } from './texts.ts';

const auditQuery = graphql(`
  query AuditEvents($after: String) {
    auditEvents(first: 50, after: $after) {
      nodes {
        id
        at
        action
        actor
        subject
        address
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** For administrators. */
export const AuditTrail = component$(() => {
  const text = useText(accountTexts);
  const format = useFormat();
  const show = useShow();
  const place = usePlace();
  const wide = useWide(roomForTable);
  const after = useComputed$(() => searchValue(place, 'after'));
  const { state, refresh$ } = useQuery(
    auditQuery,
    useComputed$(() => ({ after: after.value || null })),
  );
  return (
    <Card>
      {show(state.value, {
        loading: <Skeleton rows={6} height={24} />,
        retry$: refresh$,
        ready: ({ auditEvents: { nodes, pageInfo } }) => (
          <>
            {wide.value ? (
              <TableScroll label={text('audit')}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{text('when')}</th>
                      <th scope="col">{text('who')}</th>
                      <th scope="col">{text('action')}</th>
                      <th scope="col">{text('subject')}</th>
                      <th scope="col">{text('address')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {nodes.map((event) => (
                      <tr key={event.id}>
                        <td class="nowrap">{format.dateTime(event.at)}</td>
                        <td>{event.actor}</td>
                        <td>
                          <code>{event.action}</code>
                        </td>
                        <td>{event.subject}</td>
                        <td>{event.address}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableScroll>
            ) : (
              <ol class="account-list">
                {nodes.map((event) => (
                  <li key={event.id} class="account-entry">
                    <span>
                      <strong>{event.actor}</strong> <code>{event.action}</code> {event.subject}
                    </span>
                    <span class="soft small">
                      {format.dateTime(event.at)} · {event.address}
                    </span>
                  </li>
                ))}
              </ol>
            )}
            <div class="row">
              {after.value !== '' && (
                <Button label={text('newest')} onClick$={() => setSearch({ after: undefined })} />
              )}
              {pageInfo.hasNextPage && (
                <Button
                  label={text('older')}
                  onClick$={() => setSearch({ after: pageInfo.endCursor ?? undefined })}
                />
              )}
            </div>
          </>
        ),
      })}
    </Card>
  );
});
