// When a schedule is due: cron expressions in a named time zone, right over changes of daylight-saving time.
import { BancadaError } from '@bancada/core';
import { Cron } from 'croner';

/** A cron expression of five fields and the IANA name of the zone in which its times are read. */
export interface CronTimes {
  readonly cron: string;
  readonly timeZone: string;
}

/** What {@link checkTimes} allows, for forms and errors. */
export const cronForm = 'five fields (minute hour day-of-month month day-of-week), e.g. 30 6 * * 1-5';

/** @throws BancadaError INVALID_INPUT with key `cron` or `timeZone`: not readable, not known, or a time that never comes. */
export function checkTimes({ cron, timeZone }: CronTimes): void {
  if (!isTimeZone(timeZone)) {
    throw new BancadaError('INVALID_INPUT', 'no such time zone', {
      key: 'timeZone',
      value: timeZone,
      allowed: 'an IANA name, e.g. America/Sao_Paulo or UTC',
    });
  }
  let next: Date | null;
  try {
    next = parse({ cron, timeZone }).nextRun();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.replace(/^CronPattern: /, '') : String(cause);
    throw new BancadaError('INVALID_INPUT', `not a cron expression: ${said}`, {
      key: 'cron',
      value: cron,
      allowed: cronForm,
      cause,
    });
  }
  if (next !== null) return;
  throw new BancadaError('INVALID_INPUT', 'this time never comes', {
    key: 'cron',
    value: cron,
    allowed: cronForm,
  });
}

/**
 * The next times after a moment, soonest first. A time that the clocks skip comes at the first moment after the gap; one that
 * they repeat comes once, unless the expression names every hour.
 */
export function nextTimes(times: CronTimes, after: Date, count: number): Date[] {
  return parse(times).nextRuns(count, after);
}

/** Times passed since `from` (itself included) up to `now`: how many, at most 1000, and the latest; undefined when there is none. */
export function passedTimes(
  times: CronTimes,
  from: Date,
  now: Date,
): { readonly count: number; readonly latest: Date } | undefined {
  const [latest] = parse(times).previousRuns(1, new Date(now.getTime() + 1));
  if (latest === undefined || latest < from) return undefined;
  const passed = nextTimes(times, new Date(from.getTime() - 1), mostCounted).filter((time) => time <= now);
  return { count: passed.length, latest };
}

const mostCounted = 1000;

function parse({ cron, timeZone }: CronTimes): Cron {
  return new Cron(cron.trim(), { timezone: timeZone, mode: '5-part', paused: true });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
