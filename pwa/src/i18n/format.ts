// Numbers, times and sizes as the reader's language writes them.
import { usePreferences } from '../shell/preferences.ts';
import type { Language } from './language.ts';

/** Writes values with their units. Undefined and null become an en dash. */
export interface Format {
  number(value: Maybe, digits?: number): string;
  /** Of a fraction: 0.5 is 50 %. */
  percent(value: Maybe, digits?: number): string;
  /** Of milliseconds; up to 999 ms, then seconds. */
  milliseconds(value: Maybe): string;
  /** Of seconds: `45 s`, `3 min 20 s`, `2 h 5 min`. */
  duration(seconds: Maybe): string;
  bytes(value: Maybe): string;
  /** A value in its unit; `''`, `ratio` (as percent), `ms`, `s`, `bytes`, `celsius`, `watts`, `score`, or any other, put behind the number. */
  quantity(value: Maybe, unit: string): string;
  dateTime(value: string | number | Date | null | undefined): string;
  time(value: string | number | Date | null | undefined): string;
  /** The time of day without seconds. */
  clock(value: string | number | Date | null | undefined): string;
  /** How long ago, in words. */
  ago(value: string, now?: number): string;
  compact(value: Maybe): string;
}

type Maybe = number | null | undefined;

const none = '–';
const cache = new Map<Language, Format>();

/** The formats of the reader's language. */
export function useFormat(): Format {
  return formatFor(usePreferences().language);
}

/** The formats of a language. */
export function formatFor(language: Language): Format {
  const known = cache.get(language);
  if (known !== undefined) return known;
  const made = createFormat(language);
  cache.set(language, made);
  return made;
}

function createFormat(language: Language): Format {
  const numbers = new Map<string, Intl.NumberFormat>();
  const write = (value: Maybe, options: Intl.NumberFormatOptions): string => {
    if (value === null || value === undefined || !Number.isFinite(value)) return none;
    const key = JSON.stringify(options);
    let format = numbers.get(key);
    if (format === undefined) {
      format = new Intl.NumberFormat(language, options);
      numbers.set(key, format);
    }
    return format.format(value);
  };
  const number = (value: Maybe, digits = 3) => write(value, { maximumFractionDigits: digits });
  const unit = (value: Maybe, name: string, digits: number) =>
    write(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const times = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const clocks = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });

  const percent = (value: Maybe, digits = 1) =>
    write(value, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });
  const milliseconds = (value: Maybe) =>
    typeof value === 'number' && Math.abs(value) >= 1000
      ? unit(value / 1000, 'second', 2)
      : unit(value, 'millisecond', typeof value === 'number' && Math.abs(value) < 10 ? 2 : 0);
  const duration = (seconds: Maybe): string => {
    if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return none;
    const whole = Math.max(0, Math.round(seconds));
    if (whole < 60) return unit(seconds < 10 ? seconds : whole, 'second', seconds < 10 ? 1 : 0);
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return `${unit(minutes, 'minute', 0)} ${unit(whole % 60, 'second', 0)}`;
    return `${unit(Math.floor(minutes / 60), 'hour', 0)} ${unit(minutes % 60, 'minute', 0)}`;
  };
  const bytes = (value: Maybe): string => {
    if (value === null || value === undefined) return none;
    const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
    const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
    // The short form of a byte has no plural.
    if (step === 0)
      return write(value, { style: 'unit', unit: 'byte', unitDisplay: 'long', maximumFractionDigits: 0 });
    return unit(value / 1000 ** step, steps[step] ?? 'byte', 1);
  };
  return {
    number,
    percent,
    milliseconds,
    duration,
    bytes,
    quantity: (value, name) => {
      if (name === '') return number(value);
      if (name === 'ratio') return percent(value);
      if (name === 'ms') return milliseconds(value);
      if (name === 's') return duration(value);
      if (name === 'bytes') return bytes(value);
      if (name === 'celsius') return unit(value, 'celsius', 1);
      if (name === 'score') return number(value);
      if (name === 'watts') return value === null || value === undefined ? none : `${number(value, 1)} W`;
      return value === null || value === undefined ? none : `${number(value, 2)} ${name}`;
    },
    dateTime: (value) => (value === null || value === undefined ? none : dates.format(new Date(value))),
    clock: (value) => (value === null || value === undefined ? none : clocks.format(new Date(value))),
    time: (value) => (value === null || value === undefined ? none : times.format(new Date(value))),
    ago: (value, now = Date.now()) => {
      const seconds = (new Date(value).getTime() - now) / 1000;
      const size = Math.abs(seconds);
      if (size < 60) return relative.format(Math.round(seconds), 'second');
      if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
      if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
      return relative.format(Math.round(seconds / 86_400), 'day');
    },
    compact: (value) => write(value, { notation: 'compact', maximumFractionDigits: 1 }),
  };
}
