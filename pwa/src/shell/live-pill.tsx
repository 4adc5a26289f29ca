// Says whether what is shown is live.
import { component$ } from '@builder.io/qwik';
import { Icon, type IconName } from '../component/icon.tsx';
import { messages, useText } from '../i18n/text.ts';
import type { ConnectionState } from '../live/connection.ts';
import { useConnection } from '../live/use-connection.ts';

const texts = messages({
  en: { live: 'Live', closed: 'Ready', reconnecting: 'Reconnecting…', offline: 'Offline' },
  'pt-BR': { live: 'Ao vivo', closed: 'Pronto', reconnecting: 'Reconectando…', offline: 'Offline' },
});

const looks = {
  live: ['good', 'live'],
  closed: ['plain', 'ok'],
  reconnecting: ['warn', 'running'],
  offline: ['warn', 'offline'],
} as const satisfies Record<ConnectionState, readonly [string, IconName]>;

/** The pill of the app bar. */
export const LivePill = component$(() => {
  const text = useText(texts);
  const connection = useConnection();
  const [tone, icon] = looks[connection.value];
  return (
    <span class={['badge', tone]} role="status">
      <Icon name={icon} size={16} />
      {text(connection.value)}
    </span>
  );
});
