// The webhooks with their logs, for administrators.
import { $, component$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { CopyButton } from '../../component/copy-button.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { notificationTexts } from './notification-texts.ts';
import { WebhookEntry } from './webhook-entry.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { webhooksQuery } from './webhooks-query.ts';

/** Milliseconds between two looks at messages that are on their way. */
const lookEvery = 1_500;

/** All webhooks, and a new one. */
export const Webhooks = component$(() => {
  const text = useText(notificationTexts);
  const show = useShow();
  const offline = useOffline();
  const { state, refresh$ } = useQuery(webhooksQuery, useSignal({}));
  const adding = useSignal(false);
  const secret = useSignal('');
  useVisibleTask$(
    ({ cleanup }) => {
      const timer = setInterval(() => {
        const now = state.value;
        const pending =
          now.status === 'ready' &&
          now.data.webhooks.some(({ deliveries }) => deliveries.some(({ status }) => status === 'PENDING'));
        if (pending && document.visibilityState === 'visible') refresh$();
      }, lookEvery);
      cleanup(() => clearInterval(timer));
    },
    { strategy: 'document-ready' },
  );
  const changed = $(async (made?: string) => {
    secret.value = made ?? '';
    await refresh$();
  });
  const saved = $(async (made: string | undefined) => {
    adding.value = false;
    secret.value = made ?? '';
    await refresh$();
  });
  return (
    <>
      <p class="soft">{text('hint')}</p>
      {show(state.value, {
        loading: <Skeleton rows={1} height={48} />,
        retry$: refresh$,
        ready: ({ webhooks }) => (
          <>
            {webhooks.length === 0 && !adding.value && <p class="soft small">{text('none')}</p>}
            <ul class="stack">
              {webhooks.map((webhook) => (
                <WebhookEntry key={webhook.id} webhook={webhook} onChanged$={changed} />
              ))}
            </ul>
          </>
        ),
      })}
      {secret.value !== '' && (
        <div class="notice warn" data-testid="webhook-secret">
          <div class="stack tight">
            <p>{text('secret')}</p>
            <code>{secret.value}</code>
            <div>
              <CopyButton text={secret.value} />
            </div>
          </div>
        </div>
      )}
      {adding.value ? (
        <WebhookForm
          onSaved$={saved}
          onLeft$={() => {
            adding.value = false;
          }}
        />
      ) : (
        <div>
          <Button
            icon="add"
            label={text('add')}
            why={offline}
            onClick$={() => {
              adding.value = true;
              secret.value = '';
            }}
          />
        </div>
      )}
    </>
  );
});
