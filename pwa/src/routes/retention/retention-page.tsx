// How long samples, hardware rows and logs are kept, what that would delete, and how full the disks are.
import { component$, useSignal } from '@builder.io/qwik';
import { Card } from '../../component/card.tsx';
import { Icon } from '../../component/icon.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import './retention.css';
import { retentionQuery } from './retention-query.ts';
import { RuleForm } from './rule-form.tsx';
import { retentionTexts } from './texts.ts';

/** `/settings/retention`. */
export const RetentionPage = component$<PageProps>(() => {
  const text = useText(retentionTexts);
  const format = useFormat();
  const show = useShow();
  const { state, refresh$ } = useQuery(retentionQuery, useSignal({}), { keepFor: 'retention' });
  return (
    <div class="stack">
      <PageTitle text={text('title')} />
      <p class="soft">{text('about')}</p>
      {show(state.value, {
        loading: <Skeleton rows={4} height={96} />,
        retry$: refresh$,
        ready: (data) => (
          <>
            <RuleForm found={data} onSaved$={refresh$} />
            <Card title={text('disks')}>
              {data.disks.length === 0 && <p class="soft">{text('noDisk')}</p>}
              {data.disks.map((disk) => (
                <div key={disk.node} class="retention-disk">
                  <span class="row between">
                    <strong>{disk.node}</strong>
                    <span class="small">
                      {disk.nearlyFull && <Icon name="failed" size={16} />}{' '}
                      {text('disk', {
                        used: format.bytes(disk.usedBytes),
                        total: format.bytes(disk.totalBytes),
                      })}
                      {disk.hubCacheBytes !== null &&
                        ` · ${text('hubCache', { bytes: format.bytes(disk.hubCacheBytes) })}`}
                      {disk.nearlyFull && ` · ${text('nearlyFull')}`}
                    </span>
                  </span>
                  <progress aria-label={disk.node} max={disk.totalBytes} value={disk.usedBytes} />
                </div>
              ))}
            </Card>
          </>
        ),
      })}
    </div>
  );
});
