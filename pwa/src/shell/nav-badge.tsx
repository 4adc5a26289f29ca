// The number beside an entry of the navigation: of notices that are unread.
import { component$ } from '@builder.io/qwik';
import { messages, useText } from '../i18n/text.ts';

const texts = messages({
  en: { unread: '{n} unread' },
  'pt-BR': { unread: '{n} {n|não lido|não lidos}' },
});

/** The most that is written out. */
const most = 99;

/** Nothing for 0. */
export const NavBadge = component$<{ count: number }>((props) => {
  const text = useText(texts);
  if (props.count === 0) return null;
  return (
    <span class="nav-badge">
      <span aria-hidden="true">{props.count > most ? `${most}+` : props.count}</span>
      <span class="visually-hidden">{text('unread', { n: props.count })}</span>
    </span>
  );
});
