// Why a change cannot be made now: no network, or no permission.
import { permissionTexts } from '../access/no-permission.tsx';
import { useAccess } from '../access/use-access.ts';
import { messages, useText } from '../i18n/text.ts';
import { useConnection } from '../live/use-connection.ts';

const texts = messages({
  en: { offline: 'You are offline' },
  'pt-BR': { offline: 'Você está offline' },
});

/** The reason to give a button as `why` while there is no network or the role may not write; undefined otherwise. */
export function useOffline(): string | undefined {
  const text = useText(texts);
  const permission = useText(permissionTexts);
  const connection = useConnection();
  const { value: who } = useAccess();
  if (connection.value === 'offline') return text('offline');
  if (who.status !== 'user' || who.scopes.includes('write')) return undefined;
  return permission('forbidden', { names: who.administrators.join(', ') });
}
