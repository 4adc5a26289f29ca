// The next times of a schedule, where the reader is and where the schedule is.
import type { Language } from '../../i18n/language.ts';
import type { Text } from '../../i18n/text.ts';
import type { scheduleTexts } from './texts.ts';

/** The words of the schedules, in the reader's language. */
export type ScheduleWords = Text<keyof (typeof scheduleTexts)['en']>;

/** The zone of this browser. */
export function hereZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Every zone that this browser knows. */
export function timeZones(): string[] {
  return [...new Set(['UTC', hereZone(), ...Intl.supportedValuesOf('timeZone')])];
}

/** A moment as the clocks of a zone show it; in UTC where this browser does not know the zone. */
export function timeIn(time: string, timeZone: string, language: Language): string {
  const options = {
    weekday: 'short',
    dateStyle: undefined,
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  try {
    return new Intl.DateTimeFormat(language, { ...options, timeZone }).format(new Date(time));
  } catch {
    return new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(new Date(time));
  }
}

/** One row a time; one column where both zones are the same. */
export const ScheduleTimes = (props: {
  times: readonly string[];
  timeZone: string;
  language: Language;
  text: ScheduleWords;
}) => {
  const { times, timeZone, language, text } = props;
  const here = hereZone();
  const both = here !== timeZone;
  return (
    <table class="schedule-times" data-testid="next-times">
      <thead>
        <tr>
          <th scope="col">{text('hereTime', { zone: here })}</th>
          {both && <th scope="col">{text('zoneTime', { zone: timeZone })}</th>}
        </tr>
      </thead>
      <tbody>
        {times.map((time) => (
          <tr key={time}>
            <td>{timeIn(time, here, language)}</td>
            {both && <td>{timeIn(time, timeZone, language)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
