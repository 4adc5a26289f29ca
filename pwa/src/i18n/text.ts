// Texts in every language, typed by key, and the hook that reads them in the reader's language.
import { usePreferences } from '../shell/preferences.ts';
import { fill, type TextValues } from './fill.ts';
import type { Language } from './language.ts';

/** One screen's texts: the same keys in every language. */
export type Messages<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

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
