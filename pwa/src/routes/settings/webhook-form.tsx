// A new webhook: its address and its events.
import { $, component$, type QRL, useSignal, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { CheckField, TextField } from '../../component/field.tsx';
import { client } from '../../graphql/client.ts';
import { useText } from '../../i18n/text.ts';
import { type NoticeKind, noticeKinds, noticeTexts } from '../../notice/notice-text.ts';
import { notificationTexts } from './notification-texts.ts';
import { saveWebhookMutation } from './webhooks-query.ts';

/** `onSaved$` gets the secret that was made. */
export const WebhookForm = component$<{
  onSaved$: QRL<(secret: string | undefined) => unknown>;
  onLeft$: QRL<() => unknown>;
}>((props) => {
  const text = useText(notificationTexts);
  const kind = useText(noticeTexts);
  const draft = useStore<{ url: string; events: NoticeKind[] }>({
    url: '',
    events: ['RUN_FAILED', 'GATE_MISSED'],
  });
  const faults = useSignal<Readonly<Record<string, string>>>({});
  const busy = useSignal(false);
  const save = $(async () => {
    busy.value = true;
    const input = { url: draft.url.trim(), events: draft.events };
    const { data, error } = await client.mutation(saveWebhookMutation, { input }).toPromise();
    busy.value = false;
    const outcome = data?.saveWebhook;
    if (outcome?.__typename === 'MutationSaveWebhookSuccess')
      await props.onSaved$(outcome.secret ?? undefined);
    else if (outcome?.__typename === 'ValidationError') {
      faults.value = Object.fromEntries(outcome.issues.map(({ path, message }) => [path, message]));
    } else faults.value = { url: outcome?.message ?? error?.message ?? '' };
  });
  return (
    <div class="stack">
      <TextField
        id="webhook-url"
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
      <div class="row">
        <Button kind="primary" icon="ok" label={text('save')} busy={busy.value} onClick$={save} />
        <Button label={text('cancel')} onClick$={props.onLeft$} />
      </div>
    </div>
  );
});
