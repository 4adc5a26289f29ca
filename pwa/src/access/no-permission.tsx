// Says at the top of a page that what it does is not for this role, and who can grant it.
import { component$ } from '@builder.io/qwik';
import { Icon } from '../component/icon.tsx';
import { messages, useText } from '../i18n/text.ts';
import { useAccess } from './use-access.ts';

/** The sentence; `names` are those of the administrators. */
export const permissionTexts = messages({
  en: { forbidden: 'No permission: {names} can grant it' },
  'pt-BR': { forbidden: 'Sem permissão: {names} pode concedê-la' },
});

/** Nothing for whoever may write. */
export const NoPermission = component$(() => {
  const text = useText(permissionTexts);
  const { value: who } = useAccess();
  if (who.status !== 'user' || who.scopes.includes('write')) return null;
  return (
    <p class="notice warn">
      <Icon name="info" />
      {text('forbidden', { names: who.administrators.join(', ') })}
    </p>
  );
});
