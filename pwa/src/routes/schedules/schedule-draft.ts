// A schedule as the form holds it: texts, until it is saved.
import type { Schedule } from './schedules-query.ts';

/** Everything that the form asks for. */
export interface ScheduleDraft {
  name: string;
  suiteId: string;
  cron: string;
  timeZone: string;
  missedTimes: 'CATCH_UP' | 'SKIP';
  limit: string;
  priority: string;
}

/** How often, in words that need no expression. */
export const presets = {
  hourly: '0 * * * *',
  daily: '0 3 * * *',
  weekdays: '30 6 * * 1-5',
  weekly: '0 6 * * 1',
  monthly: '0 6 1 * *',
} as const;

/** The preset of an expression; `own` when it is none. */
export function presetOf(cron: string): keyof typeof presets | 'own' {
  const names = Object.keys(presets) as (keyof typeof presets)[];
  return names.find((name) => presets[name] === cron.trim()) ?? 'own';
}

/** A draft of a schedule, or of a new one. */
export function draftOf(schedule: Schedule | undefined, suiteId: string, timeZone: string): ScheduleDraft {
  if (schedule === undefined) {
    const cron = presets.daily;
    return { name: '', suiteId, cron, timeZone, missedTimes: 'CATCH_UP', limit: '', priority: '0' };
  }
  return {
    name: schedule.name,
    suiteId: schedule.suite.id,
    cron: schedule.cron,
    timeZone: schedule.timeZone,
    missedTimes: schedule.missedTimes,
    limit: schedule.limit === null ? '' : String(schedule.limit),
    priority: String(schedule.priority),
  };
}

/** What is sent. A number that is none becomes 0, which the server refuses by name. */
export function inputOf(draft: ScheduleDraft) {
  const { limit, priority, ...texts } = draft;
  return {
    ...texts,
    limit: limit.trim() === '' ? null : Math.trunc(Number(limit)) || 0,
    priority: Math.trunc(Number(priority)) || 0,
  };
}
