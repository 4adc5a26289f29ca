// The frame around every page: skip link, app bar, navigation, the page itself.
import { $, component$ } from '@builder.io/qwik';
import { Button } from '../component/button.tsx';
import '../component/component.css';
import { messages, useText } from '../i18n/text.ts';
import { routes } from '../routes/routes.ts';
import { useProvidedPlace } from '../routing/place.ts';
import { matchRoute } from '../routing/route.ts';
import { LivePill } from './live-pill.tsx';
import { Mark } from './mark.tsx';
import { Navigation } from './navigation.tsx';
import { useOverlay } from './overlay.ts';
import { PageView } from './page-view.tsx';
import { useProvidedPreferences } from './preferences.ts';
import { SessionMenu } from './session-menu.tsx';
import './shell.css';
import { useProvidedUnread } from './unread.ts';
import { VersionNotice } from './version-notice.tsx';

const texts = messages({
  en: { skip: 'Skip to the content', search: 'Go to (Ctrl+K)', home: 'Bancada, home' },
  'pt-BR': { skip: 'Ir para o conteúdo', search: 'Ir para (Ctrl+K)', home: 'Bancada, início' },
});

/** The whole dashboard. */
export const App = component$(() => {
  useProvidedPreferences();
  return <Frame />;
});

const Frame = component$(() => {
  const place = useProvidedPlace();
  useProvidedUnread();
  const text = useText(texts);
  const section = matchRoute(routes, place.path)?.route.section ?? '';
  // Who has not signed in has nowhere to go.
  const bare = section === 'sign-in';
  const overlay = useOverlay();
  const over = overlay.open.value;
  return (
    <div class={['frame', bare && 'bare']}>
      <a class="skip" href="#content">
        {text('skip')}
      </a>
      <header class="app-bar">
        <a class="brand" href="/" aria-label={text('home')}>
          <Mark />
          <span class="brand-name">Bancada</span>
        </a>
        <span class="bar-title" aria-hidden="true">
          {place.title}
        </span>
        {!bare && (
          <>
            <Button
              label={text('search')}
              icon="search"
              kind="quiet"
              iconOnly
              onClick$={overlay.openPalette$}
            />
            <LivePill />
            <SessionMenu />
          </>
        )}
      </header>
      {!bare && <Navigation current={section} />}
      <main id="content" tabIndex={-1}>
        <VersionNotice />
        <PageView />
      </main>
      {over !== undefined && (
        <over.Content
          onClose$={$(() => {
            overlay.open.value = undefined;
          })}
        />
      )}
    </div>
  );
});
