// Keeps the screen on while a run is watched, where the browser can.
import { component$, type NoSerialize, noSerialize, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Icon } from '../component/icon.tsx';
import { messages, useText } from '../i18n/text.ts';

const texts = messages({
  en: { label: 'Keep the screen on' },
  'pt-BR': { label: 'Manter a tela ligada' },
});

/** Nothing where there is no Screen Wake Lock: plain HTTP, older browsers. */
export const WakeLock = component$(() => {
  const text = useText(texts);
  const wanted = useSignal(false);
  const held = useSignal<NoSerialize<WakeLockSentinel>>();
  useVisibleTask$(
    ({ track, cleanup }) => {
      if (!track(() => wanted.value)) return;
      // The browser lets go whenever the page is hidden.
      const take = async (): Promise<void> => {
        if (document.hidden) return;
        try {
          held.value = noSerialize(await navigator.wakeLock.request('screen'));
        } catch {
          wanted.value = false;
        }
      };
      document.addEventListener('visibilitychange', take);
      cleanup(async () => {
        document.removeEventListener('visibilitychange', take);
        await held.value?.release();
      });
      return take();
    },
    { strategy: 'document-ready' },
  );
  if (!('wakeLock' in navigator)) return null;
  return (
    <button
      type="button"
      class="button"
      aria-pressed={wanted.value ? 'true' : 'false'}
      onClick$={() => {
        wanted.value = !wanted.value;
      }}
    >
      <Icon name={wanted.value ? 'ok' : 'screen'} />
      {text('label')}
    </button>
  );
});
