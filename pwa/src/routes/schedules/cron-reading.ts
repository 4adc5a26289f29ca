// A cron expression in plain words.
import cronstrue from 'cronstrue';
import 'cronstrue/locales/pt_BR';
import type { Language } from '../../i18n/language.ts';

const locales = { en: 'en', 'pt-BR': 'pt_BR' } as const satisfies Record<Language, string>;

/** E.g. "At 06:30, Monday through Friday"; empty for what is no expression. */
export function readCron(cron: string, language: Language): string {
  try {
    return cronstrue.toString(cron, { locale: locales[language], use24HourTimeFormat: true });
  } catch {
    return '';
  }
}
