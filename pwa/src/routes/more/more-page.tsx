// The phone's list of everything that has no place of its own at the bottom.
import { component$ } from '@builder.io/qwik';
import { Icon } from '../../component/icon.tsx';
import { messages, useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { NavBadge } from '../../shell/nav-badge.tsx';
import { moreSections, sectionTexts } from '../../shell/section.ts';
import { useUnread } from '../../shell/unread.ts';
import './more.css';

const texts = messages({
  en: { developers: 'For developers' },
  'pt-BR': { developers: 'Para desenvolvedores' },
});

/** `/more`. */
export const MorePage = component$<PageProps>(() => {
  const name = useText(sectionTexts);
  const text = useText(texts);
  const unread = useUnread();
  return (
    <div class="stack">
      <PageTitle text={name('more')} />
      <ul class="more-list card">
        {moreSections.map((section) => (
          <li key={section.name}>
            <a href={section.href}>
              <Icon name={section.icon} />
              <span>{name(section.name)}</span>
              {section.name === 'inbox' && <NavBadge count={unread.value} />}
              <Icon name="next" size={16} />
            </a>
          </li>
        ))}
        <li>
          <a href="/developers">
            <Icon name="code" />
            <span>{text('developers')}</span>
            <Icon name="next" size={16} />
          </a>
        </li>
      </ul>
    </div>
  );
});
