// The imports, newest first, with their progress as it goes.
import { component$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Badge } from '../../component/badge.tsx';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { ProgressBar } from '../../component/progress.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { cancelImportMutation, type DatasetImport, importMutation, importsQuery } from './import-query.ts';
import { importTexts } from './import-texts.ts';

const everyMs = 1_000;

/** Asks again each second while one is under way, and when `begun` changes. */
export const ImportList = component$<{ begun: number }>((props) => {
  const text = useText(importTexts);
  const show = useShow();
  const { state, refresh$ } = useQuery(importsQuery, useSignal({}));
  useVisibleTask$(
    async ({ track }) => {
      if (track(() => props.begun) > 0) await refresh$();
    },
    { strategy: 'document-ready' },
  );
  useVisibleTask$(
    ({ track, cleanup }) => {
      const now = track(() => state.value);
      const active = now.status === 'ready' && now.data.datasetImports.some(isActive);
      if (!active) return;
      const timer = setTimeout(refresh$, everyMs);
      cleanup(() => clearTimeout(timer));
    },
    { strategy: 'document-ready' },
  );
  return (
    <>
      {show(state.value, {
        loading: <Skeleton rows={2} height={90} />,
        retry$: refresh$,
        ready: ({ datasetImports }) =>
          datasetImports.length === 0 ? (
            <p class="soft">{text('none')}</p>
          ) : (
            <Card title={text('imports')}>
              <ul class="stack">
                {datasetImports.map((one) => (
                  <ImportRow key={one.id} import={one} onChanged$={refresh$} />
                ))}
              </ul>
            </Card>
          ),
      })}
    </>
  );
});

const tones = {
  QUEUED: 'info',
  RUNNING: 'accent',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  CANCELLED: 'warn',
} as const;
const icons = {
  QUEUED: 'waiting',
  RUNNING: 'running',
  SUCCEEDED: 'ok',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
} as const;

const ImportRow = component$<{ import: DatasetImport; onChanged$: () => void }>((props) => {
  const text = useText(importTexts);
  const format = useFormat();
  const offline = useOffline();
  const one = props.import;
  const total = one.totalBytes === null ? null : Number(one.totalBytes);
  const parts = [
    one.config,
    one.split,
    `${one.revision}${one.commit === null ? '' : ` → ${one.commit.slice(0, 12)}`}`,
  ];
  return (
    <li class="import-row">
      <div class="row between">
        <span>
          {one.status === 'SUCCEEDED' ? (
            <a href={`/datasets/${encodeURIComponent(one.name)}`}>{one.name}</a>
          ) : (
            <strong>{one.name}</strong>
          )}{' '}
          <span class="soft">
            {one.repo} · {parts.filter(Boolean).join(' · ')}
          </span>
        </span>
        <Badge tone={tones[one.status]} icon={icons[one.status]} label={text(one.status)} />
      </div>
      {isActive(one) && total !== null && (
        <div class="progress">
          <ProgressBar done={Number(one.doneBytes)} total={total} label={`${one.name}: ${text('RUNNING')}`} />
          <span class="soft small">
            {[
              text('sent', { done: format.bytes(Number(one.doneBytes)), total: format.bytes(total) }),
              one.step,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
      )}
      {one.error !== null && <p class="notice bad">{one.error}</p>}
      <p class="row">
        <span class="soft small">
          {[
            format.dateTime(one.createdAt),
            one.version === null ? undefined : text('version', { version: one.version }),
            total === null ? undefined : format.bytes(total),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {isActive(one) && (
          <Button
            label={text('cancel')}
            icon="cancelled"
            why={offline}
            onClick$={async () => {
              await runMutation(cancelImportMutation, { id: one.id });
              await props.onChanged$();
            }}
          />
        )}
        {(one.status === 'FAILED' || one.status === 'CANCELLED') && (
          <Button
            label={text('again')}
            icon="retry"
            why={offline}
            onClick$={async () => {
              const { repo, config, split, revision, name } = one;
              await runMutation(importMutation, {
                input: { repo, config, split, revision, name },
                key: null,
              });
              await props.onChanged$();
            }}
          />
        )}
      </p>
    </li>
  );
});

function isActive({ status }: Pick<DatasetImport, 'status'>): boolean {
  return status === 'QUEUED' || status === 'RUNNING';
}
