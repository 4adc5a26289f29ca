// Why a change cannot be made now.
import { messages, useText } from '../i18n/text.ts';
import { useConnection } from '../live/use-connection.ts';

const texts = messages({
  en: { offline: 'You are offline' },
  'pt-BR': { offline: 'Você está offline' },
});

/** The reason to give a button as `why` while there is no network; undefined while there is. */
export function useOffline(): string | undefined {
  const text = useText(texts);
  const connection = useConnection();
  return connection.value === 'offline' ? text('offline') : undefined;
}
