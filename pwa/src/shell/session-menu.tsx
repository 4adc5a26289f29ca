// Who is signed in, and the way out.
import { component$ } from '@builder.io/qwik';
import { useAccess } from '../access/use-access.ts';
import { Button } from '../component/button.tsx';
import { Icon } from '../component/icon.tsx';
import { messages, useText } from '../i18n/text.ts';

const texts = messages({
  en: { account: 'Account', signOut: 'Sign out', viewer: 'Viewer', member: 'Member', admin: 'Administrator' },
  'pt-BR': { account: 'Conta', signOut: 'Sair', viewer: 'Leitor', member: 'Membro', admin: 'Administrador' },
});

/** Nothing while authentication is off. */
export const SessionMenu = component$(() => {
  const text = useText(texts);
  const { value: who } = useAccess();
  if (who.status !== 'user') return null;
  const role = (['viewer', 'member', 'admin'] as const).find((name) => name === who.role) ?? 'viewer';
  return (
    <details class="session-menu">
      <summary>
        <span>{who.name}</span>
        <Icon name="down" size={16} />
      </summary>
      <div>
        <span class="soft small">{text(role)}</span>
        <a class="target" href="/settings/account">
          {text('account')}
        </a>
        <Button
          label={text('signOut')}
          onClick$={async () => (await import('../access/sign-out.ts')).signOut('here')}
        />
      </div>
    </details>
  );
});
