// A webhook that is made or changed: its address, its events, its secret.
import { $, component$, type QRL, useSignal, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { CheckField, TextField } from '../../component/field.tsx';
import { client } from '../../graphql/client.ts';
import { useText } from '../../i18n/text.ts';
import { type NoticeKind, noticeKinds, noticeTexts } from '../../notice/notice-text.ts';
import { notificationTexts } from './notification-texts.ts';
import { freshSecret } from './webhook-secret.ts';
import { saveWebhookMutation, type Webhook } from './webhooks-query.ts';

/** Without `webhook` it makes one. `onSaved$` gets the secret that was made or set. */
export const WebhookForm = component$<{
  webhook?: Webhook;
  onSaved$: QRL<(secret: string | undefined) => unknown>;
  onLeft$: QRL<() => unknown>;
}>((props) => {
  const text = useText(notificationTexts);
  const kind = useText(noticeTexts);
  const draft = useStore<{ url: string; events: NoticeKind[]; secret: string }>({
    url: props.webhook?.url ?? '',
    events: [...(props.webhook?.events ?? (['RUN_FAILED', 'GATE_MISSED'] as const))],
    secret: '',
  });
  const id = (part: string) => `webhook-${part}${props.webhook === undefined ? '' : `-${props.webhook.id}`}`;
  const faults = useSignal<Readonly<Record<string, string>>>({});
  const busy = useSignal(false);
  const save = $(async () => {
    busy.value = true;
    const secret = draft.secret.trim();
    const input = {
      ...(props.webhook === undefined ? {} : { id: props.webhook.id, enabled: props.webhook.enabled }),
      url: draft.url.trim(),
      events: draft.events,
      ...(secret === '' ? {} : { secret }),
    };
    const { data, error } = await client.mutation(saveWebhookMutation, { input }).toPromise();
    busy.value = false;
    const outcome = data?.saveWebhook;
    if (outcome?.__typename === 'MutationSaveWebhookSuccess')
      await props.onSaved$(outcome.secret ?? (secret || undefined));
    else if (outcome?.__typename === 'ValidationError') {
      faults.value = Object.fromEntries(outcome.issues.map(({ path, message }) => [path, message]));
    } else faults.value = { url: outcome?.message ?? error?.message ?? '' };
  });
  return (
    <div class="stack">
      <TextField
        id={id('url')}
        label={text('url')}
        placeholder="https://ci.example.org/hook"
        value={draft.url}
        fault={faults.value.url}
        onInput$={(_, element) => {
          draft.url = element.value;
        }}
      />
      <fieldset class="stack">
        <legend class="small soft">{text('events')}</legend>
        {noticeKinds.map((one) => (
          <CheckField
            key={one}
            label={kind(one)}
            checked={draft.events.includes(one)}
            onChange$={(_, element) => {
              draft.events = noticeKinds.filter((other) =>
                other === one ? element.checked : draft.events.includes(other),
              );
            }}
          />
        ))}
        {faults.value.events !== undefined && <span class="fault">{faults.value.events}</span>}
      </fieldset>
      <TextField
        id={id('secret')}
        label={text('ownSecret')}
        hint={text(props.webhook === undefined ? 'secretMade' : 'secretKept')}
        value={draft.secret}
        fault={faults.value.secret}
        onInput$={(_, element) => {
          draft.secret = element.value;
        }}
      />
      {props.webhook !== undefined && (
        <div>
          <Button
            icon="retry"
            label={text('rotate')}
            onClick$={() => {
              draft.secret = freshSecret();
            }}
          />
        </div>
      )}
      <div class="row">
        <Button kind="primary" icon="ok" label={text('save')} busy={busy.value} onClick$={save} />
        <Button label={text('cancel')} onClick$={props.onLeft$} />
      </div>
    </div>
  );
});
