// The frame around every page: skip link, app bar, navigation, the page itself.
import { component$ } from '@builder.io/qwik';
import '../component/component.css';
import { messages, useText } from '../i18n/text.ts';
import { routes } from '../routes/routes.ts';
import { useProvidedPlace } from '../routing/place.ts';
import { matchRoute } from '../routing/route.ts';
import { LivePill } from './live-pill.tsx';
import { Mark } from './mark.tsx';
import { Navigation } from './navigation.tsx';
import { PageView } from './page-view.tsx';
import { useProvidedPreferences } from './preferences.ts';
import { SessionMenu } from './session-menu.tsx';
import './shell.css';
import { VersionNotice } from './version-notice.tsx';

const texts = messages({
  en: { skip: 'Skip to the content', home: 'Bancada, home' },
  'pt-BR': { skip: 'Ir para o conteúdo', home: 'Bancada, início' },
});

/** The whole dashboard. */
export const App = component$(() => {
  useProvidedPreferences();
  return <Frame />;
});

const Frame = component$(() => {
  const place = useProvidedPlace();
  const text = useText(texts);
  const section = matchRoute(routes, place.path)?.route.section ?? '';
  // Who has not signed in has nowhere to go.
  const bare = section === 'sign-in';
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
        {!bare && <LivePill />}
        {!bare && <SessionMenu />}
      </header>
      {!bare && <Navigation current={section} />}
      <main id="content" tabIndex={-1}>
        <VersionNotice />
        <PageView />
      </main>
    </div>
  );
});
