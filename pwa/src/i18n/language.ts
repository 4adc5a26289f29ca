// The languages of the dashboard, and which of them the reader's browser asks for.

/** Written out in full; the first is the one to fall back to. */
export const languages = ['en', 'pt-BR'] as const;

/** A language that every text exists in. */
export type Language = (typeof languages)[number];

/** What the switch in the settings says of each language, in that language. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'pt-BR': 'Português' };

/** The first language of the list that the dashboard speaks. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0];
    const found = languages.find((language) => language.toLowerCase().split('-')[0] === base);
    if (found !== undefined) return found;
  }
  return languages[0];
}
