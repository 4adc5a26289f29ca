// Why a change cannot be made now: no network, or no permission.
import { useAccess } from '../access/use-access.ts';
import { messages, useText } from '../i18n/text.ts';
import { useConnection } from '../live/use-connection.ts';

const texts = messages({
  en: { offline: 'You are offline', forbidden: 'No permission: {names} can grant it' },
  'pt-BR': { offline: 'Você está offline', forbidden: 'Sem permissão: {names} pode concedê-la' },
});

/** The reason to give a button as `why` while there is no network or the role may not write; undefined otherwise. */
export function useOffline(): string | undefined {
  const text = useText(texts);
  const connection = useConnection();
  const { value: who } = useAccess();
  if (connection.value === 'offline') return text('offline');
  if (who.status !== 'user' || who.scopes.includes('write')) return undefined;
  return text('forbidden', { names: who.administrators.join(', ') });
}
