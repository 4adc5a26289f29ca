// Language, theme and keys; installing; where the programs' interfaces are; what this is.
import { component$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import '../../component/entry.css';
import { CheckField, SelectField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { languageNames, languages } from '../../i18n/language.ts';
import { useText } from '../../i18n/text.ts';
import { install, installWay, watchInstallWay } from '../../offline/install.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { usePreferences } from '../../shell/preferences.ts';
import { sectionTexts } from '../../shell/section.ts';
import { enableShortcuts, shortcutsEnabled } from '../../shell/shortcut.ts';
import { themes } from '../../theme/theme.ts';
import { Notifications } from './notifications.tsx';
import { settingsTexts } from './texts.ts';

const viewerQuery = graphql(`
  query Viewer {
    viewer {
      name
      role
      authEnabled
      version
    }
  }
`);

/** `/settings`. */
export const SettingsPage = component$<PageProps>(() => {
  const text = useText(settingsTexts);
  const section = useText(sectionTexts);
  return (
    <div class="stack">
      <PageTitle text={section('settings')} />
      <div class="columns">
        <Look />
        <Install />
        <Notifications />
        <Card title={text('developers')}>
          <p class="soft">{text('developersHint')}</p>
          <a class="target" href="/developers">
            {text('developersLink')}
          </a>
        </Card>
        <Card title={text('retention')}>
          <p class="soft">{text('retentionHint')}</p>
          <a class="target" href="/settings/retention">
            {text('retentionLink')}
          </a>
        </Card>
        <About />
      </div>
    </div>
  );
});

const Look = component$(() => {
  const text = useText(settingsTexts);
  const preferences = usePreferences();
  return (
    <Card title={text('look')}>
      <SelectField
        id="language"
        label={text('language')}
        value={preferences.language}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
        onChange$={(_, element) => {
          preferences.language =
            languages.find((language) => language === element.value) ?? preferences.language;
        }}
      />
      <SelectField
        id="theme"
        label={text('theme')}
        value={preferences.theme}
        options={themes.map((value) => ({ value, label: text(value) }))}
        onChange$={(_, element) => {
          preferences.theme = themes.find((theme) => theme === element.value) ?? preferences.theme;
        }}
      />
      <CheckField
        label={text('shortcuts')}
        checked={shortcutsEnabled()}
        onChange$={(_, element) => enableShortcuts(element.checked)}
      />
      <p class="soft small">{text('shortcutsHint')}</p>
    </Card>
  );
});

const Install = component$(() => {
  const text = useText(settingsTexts);
  const way = useSignal(installWay());
  useVisibleTask$(
    ({ cleanup }) => {
      cleanup(
        watchInstallWay(() => {
          way.value = installWay();
        }),
      );
    },
    { strategy: 'document-ready' },
  );
  return (
    <Card title={text('install')}>
      <p>{text(way.value)}</p>
      {way.value === 'button' && (
        <div>
          <Button kind="primary" icon="download" label={text('installNow')} onClick$={() => install()} />
        </div>
      )}
      <p class="soft small">{text('offline')}</p>
    </Card>
  );
});

const About = component$(() => {
  const text = useText(settingsTexts);
  const show = useShow();
  const { state, refresh$ } = useQuery(viewerQuery, useSignal({}), { keepFor: 'settings' });
  return (
    <Card title={text('about')}>
      <p>{text('what')}</p>
      {show(state.value, {
        loading: <Skeleton rows={2} height={24} />,
        retry$: refresh$,
        ready: ({ viewer }) => (
          <dl class="definition">
            <div>
              <dt>{text('version')}</dt>
              <dd>{viewer.version}</dd>
            </div>
            <div>
              <dt>{text('access')}</dt>
              <dd>
                {viewer.authEnabled ? (
                  <a href="/settings/account">
                    {viewer.name} ({viewer.role})
                  </a>
                ) : (
                  text('open')
                )}
              </dd>
            </div>
            <div>
              <dt>{text('licence')}</dt>
              <dd>Apache-2.0</dd>
            </div>
          </dl>
        ),
      })}
    </Card>
  );
});
