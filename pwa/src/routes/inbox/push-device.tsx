// Push on this device: the switch, or why there is none.
import { $, component$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useText } from '../../i18n/text.ts';
import { type PushState, pushState, switchPushOff, switchPushOn } from '../../notice/push-device.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { usePreferences } from '../../shell/preferences.ts';
import { inboxTexts } from './texts.ts';

/** The browser asks for permission only after a tap on the button. */
export const PushDevice = component$(() => {
  const text = useText(inboxTexts);
  const preferences = usePreferences();
  const offline = useOffline();
  const state = useSignal<PushState | undefined>();
  const fault = useSignal('');
  const busy = useSignal(false);
  const look = $(async () => {
    state.value = await pushState();
  });
  useVisibleTask$(() => look(), { strategy: 'document-ready' });
  const toggle = $(async () => {
    busy.value = true;
    fault.value = '';
    if (state.value === 'on') await switchPushOff();
    else fault.value = (await switchPushOn(preferences.language)) ?? '';
    busy.value = false;
    await look();
  });
  const now = state.value;
  return (
    <Card title={text('device')}>
      {now === undefined ? <Skeleton rows={1} height={96} /> : <p>{text(now)}</p>}
      {(now === 'on' || now === 'off') && (
        <div>
          <Button
            icon="live"
            kind={now === 'off' ? 'primary' : undefined}
            label={text(now === 'off' ? 'switchOn' : 'switchOff')}
            why={offline}
            busy={busy.value}
            onClick$={toggle}
          />
        </div>
      )}
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {text('refused', { why: fault.value })}
        </p>
      )}
    </Card>
  );
});
