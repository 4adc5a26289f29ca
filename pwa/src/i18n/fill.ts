// Puts values and plurals into a text.
import { type Language, languages } from './language.ts';

/** Values put into `{name}` places of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

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
