// The navigation: five places at the bottom of a phone, a rail on a tablet, a sidebar on a desktop.
import { component$ } from '@builder.io/qwik';
import { Icon } from '../component/icon.tsx';
import { messages, useText } from '../i18n/text.ts';
import { NavBadge } from './nav-badge.tsx';
import { moreSections, phoneSections, type Section, sections, sectionTexts } from './section.ts';
import { useCountedUnread } from './unread.ts';

const texts = messages({
  en: { navigation: 'Main', new: 'New' },
  'pt-BR': { navigation: 'Principal', new: 'Nova' },
});

/** `current` is the section of the shown route. */
export const Navigation = component$<{ current: string }>((props) => {
  const text = useText(texts);
  const name = useText(sectionTexts);
  const unread = useCountedUnread();
  const inMore = moreSections.some((section) => section.name === props.current);
  const entry = (section: Section, lit: boolean, label = name(section.name)) => (
    <li key={section.name}>
      <a href={section.href} aria-current={lit ? 'page' : undefined}>
        <Icon name={section.icon} size={22} />
        <span>{label}</span>
        {(section.name === 'inbox' || section.name === 'more') && <NavBadge count={unread.value} />}
      </a>
    </li>
  );
  return (
    <>
      <nav class="side-nav" aria-label={text('navigation')}>
        <ul class="nav-list">{sections.map((section) => entry(section, section.name === props.current))}</ul>
      </nav>
      <nav class="bottom-nav" aria-label={text('navigation')}>
        <ul class="nav-list">
          {phoneSections.map((section) =>
            entry(
              section,
              section.name === props.current || (section.name === 'more' && inMore),
              section.name === 'new' ? text('new') : undefined,
            ),
          )}
        </ul>
      </nav>
    </>
  );
});
