// Language and theme, and where the programs' interfaces are.
import { component$ } from '@builder.io/qwik';
import { Card } from '../../component/card.tsx';
import { SelectField } from '../../component/field.tsx';
import { languageNames, languages } from '../../i18n/language.ts';
import { messages, useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { usePreferences } from '../../shell/preferences.ts';
import { sectionTexts } from '../../shell/section.ts';
import { themes } from '../../theme/theme.ts';

const texts = messages({
  en: {
    look: 'Language and appearance',
    language: 'Language',
    theme: 'Theme',
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
    developers: 'For programs',
    graphiql: 'GraphQL explorer',
    schema: 'JSON Schema of suites',
    install: 'Installing',
    installable: 'This dashboard can be installed from the browser’s menu and then opens without it.',
    insecure: 'Installing needs HTTPS or localhost; at this address it works as an ordinary page.',
  },
  'pt-BR': {
    look: 'Idioma e aparência',
    language: 'Idioma',
    theme: 'Tema',
    system: 'Como o sistema',
    light: 'Claro',
    dark: 'Escuro',
    developers: 'Para programas',
    graphiql: 'Explorador GraphQL',
    schema: 'JSON Schema das suítes',
    install: 'Instalação',
    installable: 'Este painel pode ser instalado pelo menu do navegador e então abre sem ele.',
    insecure: 'A instalação exige HTTPS ou localhost; neste endereço ele funciona como página comum.',
  },
});

/** `/settings`. */
export const SettingsPage = component$<PageProps>(() => {
  const text = useText(texts);
  const section = useText(sectionTexts);
  const preferences = usePreferences();
  return (
    <div class="stack">
      <PageTitle text={section('settings')} />
      <div class="columns">
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
        </Card>
        <Card title={text('developers')}>
          <a href="/graphql">{text('graphiql')}</a>
          <a href="/schema/suite.json">{text('schema')}</a>
        </Card>
        <Card title={text('install')}>
          <p>{text(isSecureContext ? 'installable' : 'insecure')}</p>
        </Card>
      </div>
    </div>
  );
});
