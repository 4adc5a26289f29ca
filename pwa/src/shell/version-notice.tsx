// Tells that a newer dashboard is ready, and loads it on a tap.
import { component$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Button } from '../component/button.tsx';
import { messages, useText } from '../i18n/text.ts';
import { takeNewVersion } from '../offline/registration.ts';

const texts = messages({
  en: { ready: 'A new version is ready.', reload: 'Reload' },
  'pt-BR': { ready: 'Há uma nova versão.', reload: 'Recarregar' },
});

/** Nothing until a new version waits. */
export const VersionNotice = component$(() => {
  const text = useText(texts);
  const waiting = useSignal(false);
  useVisibleTask$(
    ({ cleanup }) => {
      const show = (): void => {
        waiting.value = true;
      };
      window.addEventListener('bancada:version', show);
      cleanup(() => window.removeEventListener('bancada:version', show));
    },
    { strategy: 'document-ready' },
  );
  return (
    <div role="status" class="version-slot">
      {waiting.value && (
        <div class="notice version-notice">
          <span>{text('ready')}</span>
          <Button label={text('reload')} icon="retry" onClick$={() => takeNewVersion()} />
        </div>
      )}
    </div>
  );
});
