// Texts in every language, typed by key, and the hook that reads them in the reader's language.
import { usePreferences } from '../shell/preferences.ts';
import { type Language, languages } from './language.ts';

/** One screen's texts: the same keys in every language. */
export type Messages<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

/** Values put into `{name}` places of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Gives the text of a key in the reader's language. */
export type Text<Key extends string> = (key: Key, values?: TextValues) => string;

/** Declares a screen's texts. A key that one language lacks does not compile. */
export function messages<const English extends Record<string, string>>(texts: {
  readonly en: English;
  readonly 'pt-BR': Readonly<Record<keyof English, string>>;
}): Messages<Extract<keyof English, string>> {
  return texts as Messages<Extract<keyof English, string>>;
}

/** The texts in the reader's language; rendering again when the language changes. */
export function useText<Key extends string>(texts: Messages<Key>): Text<Key> {
  const preferences = usePreferences();
  return (key, values) => fill(texts[preferences.language][key], values, preferences.language);
}

/**
 * Puts values into a text. `{n}` becomes the number as the language writes it; `{n|sample|samples}` becomes the
 * word that fits the number.
 */
export function fill(text: string, values: TextValues = {}, language: Language = languages[0]): string {
  return text.replaceAll(
    /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (one === undefined || many === undefined)
        return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
      return new Intl.PluralRules(language).select(Number(value)) === 'one' ? one : many;
    },
  );
}
