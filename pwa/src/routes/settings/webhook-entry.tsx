// One webhook: its events, its log, a test, a change, on and off.
import { $, component$, type QRL, useSignal } from '@builder.io/qwik';
import { Badge } from '../../component/badge.tsx';
import { Button } from '../../component/button.tsx';
import { CheckField } from '../../component/field.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { noticeTexts } from '../../notice/notice-text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { notificationTexts } from './notification-texts.ts';
import { WebhookForm } from './webhook-form.tsx';
import {
  deleteWebhookMutation,
  saveWebhookMutation,
  testWebhookMutation,
  type Webhook,
} from './webhooks-query.ts';

const looks = {
  PENDING: ['plain', 'waiting'],
  DELIVERED: ['good', 'ok'],
  FAILED: ['bad', 'failed'],
} as const;

/** `onChanged$` is called after a change, with a secret that was set by it. */
export const WebhookEntry = component$<{
  webhook: Webhook;
  onChanged$: QRL<(secret?: string) => unknown>;
}>((props) => {
  const text = useText(notificationTexts);
  const kind = useText(noticeTexts);
  const format = useFormat();
  const offline = useOffline();
  const fault = useSignal('');
  const editing = useSignal(false);
  const settle = $(async (outcome: { status: string; message?: string }) => {
    fault.value = outcome.status === 'done' ? '' : (outcome.message ?? '');
    await props.onChanged$();
  });
  const { webhook } = props;
  if (editing.value)
    return (
      <li class="stack" data-testid="webhook">
        <WebhookForm
          webhook={webhook}
          onSaved$={async (secret: string | undefined) => {
            editing.value = false;
            await props.onChanged$(secret);
          }}
          onLeft$={() => {
            editing.value = false;
          }}
        />
      </li>
    );
  return (
    <li class="stack" data-testid="webhook">
      <div class="row between">
        <strong class="webhook-url">{webhook.url}</strong>
        <CheckField
          label={text('enabled')}
          checked={webhook.enabled}
          onChange$={async (_, element) => {
            const { id, url, events } = webhook;
            const input = { id, url, events, enabled: element.checked };
            await settle(await runMutation(saveWebhookMutation, { input }));
          }}
        />
      </div>
      <p class="row small">
        {webhook.events.map((event) => (
          <span key={event} class="chip">
            {kind(event)}
          </span>
        ))}
      </p>
      <h3 class="small soft">{text('log')}</h3>
      {webhook.deliveries.length === 0 && <p class="small soft">{text('noLog')}</p>}
      <ul class="stack">
        {webhook.deliveries.map((delivery) => (
          <li key={delivery.id} class="row small">
            <Badge
              tone={looks[delivery.status][0]}
              icon={looks[delivery.status][1]}
              label={text(delivery.status)}
            />
            <code>{delivery.event}</code>
            <span class="soft">
              {[
                format.ago(delivery.createdAt),
                ...(delivery.attempts > 1 ? [text('attempts', { n: delivery.attempts })] : []),
                ...(delivery.error === null ? [] : [delivery.error]),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <div class="row">
        <Button
          icon="play"
          label={text('test')}
          why={offline}
          onClick$={async () => settle(await runMutation(testWebhookMutation, { id: webhook.id }))}
        />
        <Button
          icon="settings"
          label={text('edit')}
          why={offline}
          onClick$={() => {
            editing.value = true;
          }}
        />
        <Button
          icon="delete"
          kind="danger"
          label={text('delete')}
          why={offline}
          onClick$={async () => settle(await runMutation(deleteWebhookMutation, { id: webhook.id }))}
        />
      </div>
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
    </li>
  );
});
