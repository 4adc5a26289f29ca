// What a notification tells, in words of the reader's language, made of its values.
import { fill } from '../i18n/fill.ts';
import { formatFor } from '../i18n/format.ts';
import type { Language } from '../i18n/language.ts';
import { messages } from '../i18n/text.ts';

const texts = messages({
  en: {
    more: '… and {n} more',
    atLeast: 'at least {value}',
    atMost: 'at most {value}',
    promised: '{place}: {value}, promised {bounds}',
    and: ' and ',
    absent: '{n} {n|time|times} passed while no worker was there.',
    latestRuns: 'The latest is run now.',
    noneRuns: 'None is run.',
    limit:
      'Not run: you have {n} {n|run|runs} that wait or run, and {limit} are allowed at a time (BANCADA_RUNS_PER_USER).',
    disk: '{used} % of the disk is used, {free} are free.',
  },
  'pt-BR': {
    more: '… e mais {n}',
    atLeast: 'no mínimo {value}',
    atMost: 'no máximo {value}',
    promised: '{place}: {value}, prometido {bounds}',
    and: ' e ',
    absent: '{n} {n|horário passou|horários passaram} sem nenhum worker.',
    latestRuns: 'O último é executado agora.',
    noneRuns: 'Nenhum é executado.',
    limit:
      'Não executado: você tem {n} {n|execução que espera ou roda|execuções que esperam ou rodam}, e são permitidas {limit} por vez (BANCADA_RUNS_PER_USER).',
    disk: '{used} % do disco está em uso, {free} livres.',
  },
});

type Values = Readonly<Record<string, unknown>>;

/** `detail`, which is English, stands in for values that are not there: those of earlier versions. */
export function noticeWords(
  notice: { readonly kind: string; readonly detail: string; readonly parameters: unknown },
  language: Language,
): string {
  const values = recordOf(notice.parameters);
  const words = wordsOf(notice.kind, values, language);
  return words ?? notice.detail;
}

function wordsOf(kind: string, values: Values, language: Language): string | undefined {
  const say = (key: keyof (typeof texts)['en'], filling: Readonly<Record<string, string | number>> = {}) =>
    fill(texts[language][key], filling, language);
  const format = formatFor(language);
  const number = (value: unknown) => format.number(numberOf(value), 3);
  const lines = (list: readonly string[]) => {
    const more = numberOf(values['more']) ?? 0;
    return [...list, ...(more > 0 ? [say('more', { n: more })] : [])].join('\n');
  };
  if (kind === 'RUN_ENDED' && Array.isArray(values['scores'])) {
    return lines(
      values['scores'].map(recordOf).map(({ task, model, metric, value, ciLow, ciHigh }) => {
        const interval = numberOf(ciLow) === undefined ? '' : ` [${number(ciLow)}; ${number(ciHigh)}]`;
        return `${task} · ${model}: ${metric} ${number(value)}${interval}`;
      }),
    );
  }
  if (kind === 'GATE_MISSED' && Array.isArray(values['gates'])) {
    return lines(
      values['gates'].map(recordOf).map(({ metric, task, model, value, min, max, message }) => {
        const bounds = [
          ...(numberOf(min) === undefined ? [] : [say('atLeast', { value: number(min) })]),
          ...(numberOf(max) === undefined ? [] : [say('atMost', { value: number(max) })]),
        ];
        if (numberOf(value) === undefined || bounds.length === 0) return String(message);
        const place = [metric, task, model].filter((part) => typeof part === 'string').join(' · ');
        return say('promised', { place, value: number(value), bounds: bounds.join(say('and')) });
      }),
    );
  }
  if (kind === 'RUN_FAILED' && typeof values['reason'] === 'string') return values['reason'];
  if (kind === 'SCHEDULE_MISSED' && values['reason'] === 'absent') {
    const passed = say('absent', { n: numberOf(values['missed']) ?? 0 });
    return `${passed} ${say(values['runs'] === true ? 'latestRuns' : 'noneRuns')}`;
  }
  if (kind === 'SCHEDULE_MISSED' && values['reason'] === 'limit')
    return say('limit', { n: numberOf(values['active']) ?? 0, limit: numberOf(values['limit']) ?? 0 });
  if (kind === 'DISK_LOW' && numberOf(values['used']) !== undefined) {
    const free = format.bytes(numberOf(values['freeBytes']));
    return say('disk', { used: numberOf(values['used']) ?? 0, free });
  }
  return undefined;
}

function recordOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
