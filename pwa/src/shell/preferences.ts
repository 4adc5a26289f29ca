// What the reader chose: language and theme, kept in the browser.
import { createContextId, useContext, useContextProvider, useStore, useTask$ } from '@builder.io/qwik';
import { chooseLanguage, type Language, languages } from '../i18n/language.ts';
import { applyTheme, savedTheme, type Theme } from '../theme/theme.ts';

/** Changing a field changes the whole dashboard and is kept. */
export interface Preferences {
  language: Language;
  theme: Theme;
}

const PreferencesContext = createContextId<Preferences>('bancada.preferences');
const languageKey = 'bancada.language';

/** Made once by the shell. */
export function useProvidedPreferences(): Preferences {
  const preferences = useStore<Preferences>({ language: savedLanguage(), theme: savedTheme() });
  useContextProvider(PreferencesContext, preferences);
  useTask$(({ track }) => {
    const language = track(() => preferences.language);
    localStorage.setItem(languageKey, language);
    document.documentElement.lang = language;
  });
  useTask$(({ track }) => applyTheme(track(() => preferences.theme)));
  return preferences;
}

/** The reader's choices. */
export function usePreferences(): Preferences {
  return useContext(PreferencesContext);
}

function savedLanguage(): Language {
  const saved = localStorage.getItem(languageKey);
  return languages.find((language) => language === saved) ?? chooseLanguage(navigator.languages);
}
