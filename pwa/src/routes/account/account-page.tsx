// Account, API tokens, users and the audit trail: the settings of a bench where people sign in.
import { component$ } from '@builder.io/qwik';
import { useAccess } from '../../access/use-access.ts';
import '../../component/entry.css';
import { Empty } from '../../component/empty.tsx';
import { Tabs } from '../../component/tabs.tsx';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import './account.css';
import { AuditTrail } from './audit-trail.tsx';
import { Password } from './password.tsx';
import { Sessions } from './sessions.tsx';
import { accountTexts } from './texts.ts';
import { Tokens } from './tokens.tsx';
import { Users } from './users.tsx';

const parts = ['account', 'tokens', 'users', 'audit'] as const;
const forAdministrators: readonly string[] = ['users', 'audit'];

/** `/settings/account`, `/settings/tokens`, `/settings/users`, `/settings/audit`. */
export const AccountPage = component$<PageProps>((props) => {
  const text = useText(accountTexts);
  const { value: who } = useAccess();
  const part = parts.find((name) => name === props.params['part']) ?? 'account';
  if (who.status !== 'user')
    return (
      <div class="stack">
        <PageTitle text={text(part)} />
        {who.status === 'open' && <Empty icon="info" sentence={text('off')} />}
      </div>
    );
  const refused = forAdministrators.includes(part) && !who.scopes.includes('admin');
  return (
    <div class="stack">
      <PageTitle text={text(part)} />
      <Tabs
        label={text('account')}
        tabs={parts.map((name) => ({ href: `/settings/${name}`, label: text(name), current: name === part }))}
      />
      {refused && (
        <Empty icon="info" sentence={text('adminOnly', { names: who.administrators.join(', ') })} />
      )}
      {part === 'account' && (
        <div class="columns">
          <Password name={who.name} />
          <Sessions />
        </div>
      )}
      {part === 'tokens' && <Tokens />}
      {part === 'users' && !refused && <Users />}
      {part === 'audit' && !refused && <AuditTrail />}
    </div>
  );
});
