import { UserError } from '../../errors/user-error.js';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** The longest and the shortest time for which a radio can be asked to play, in milliseconds. */
const mostMs = 7 * dayMinutes * minuteMs;
const leastMs = minuteMs;

/** Hours, minutes, or both, in the words of six languages: `2h`, `1 h 30 min`, `90 min`. */
const duration = new RegExp(
  '^(?:(\\d+(?:[.,]\\d+)?)\\s*(?:h|hrs?|hours?|std?|stunden?|heures?|horas?|ч|час(?:а|ов)?|時間)\\.?)?\\s*' +
    '(?:(\\d+)\\s*(?:m|mins?|minuten?|minutes?|minutos?|м|мин|минут[аы]?|分間?)?\\.?)?$',
  'u',
);
/** `22:30`, `22.30`, `10pm`, `10:30 pm`, `22 Uhr`, `22時30分`. */
const clock = /^(\d{1,2})(?:(?:[:.]|時)(\d{2})?分?)?\s*(am|pm|uhr)?$/u;

/**
 * When a radio is to end: after a time (`2h`, `90 min`), or at a time of the day (`22:30`).
 * @param nowMs since 1970
 * @param zone the server's time zone, an IANA name
 * @returns milliseconds since 1970
 * @throws UserError when it is neither, or a time of the day in an unknown time zone
 */
export function readUntil(text: string, nowMs: number, zone: string | undefined): number {
  const said = text.trim().toLowerCase();
  const [, hours, minutes] = duration.exec(said) ?? [];
  if (hours !== undefined || (minutes !== undefined && !/^\d+$/.test(said))) {
    const ms = (Number((hours ?? '0').replace(',', '.')) * 60 + Number(minutes ?? 0)) * minuteMs;
    return nowMs + Math.min(Math.max(ms, leastMs), mostMs);
  }
  const minute = minuteOfDay(said);
  if (minute === undefined) throw new UserError('radio.until', { given: text.slice(0, 40) });
  if (zone === undefined) throw new UserError('radio.time-zone');
  return nextTime(minute, nowMs, zone);
}

/** Minutes since midnight. */
function minuteOfDay(said: string): number | undefined {
  const [, hour, minute = '0', half] = clock.exec(said) ?? [];
  if (hour === undefined || (/^\d+$/.test(said) && half === undefined)) return undefined;
  const inHalf = half === 'am' || half === 'pm';
  const hours = inHalf ? (Number(hour) % 12) + (half === 'pm' ? 12 : 0) : Number(hour);
  if ((inHalf && Number(hour) > 12) || hours > 24 || Number(minute) > 59) return undefined;
  return (hours * 60 + Number(minute)) % dayMinutes;
}

/** The next time that the clocks of a time zone show a minute of the day, in milliseconds since 1970. */
function nextTime(minute: number, nowMs: number, zone: string): number {
  const now = minuteIn(zone, nowMs);
  const ahead = (minute - now + dayMinutes) % dayMinutes || dayMinutes;
  const guess = Math.floor(nowMs / minuteMs + ahead) * minuteMs;
  // The clocks may be put forward or back before then.
  const off = ((minuteIn(zone, guess) - minute + 1.5 * dayMinutes) % dayMinutes) - dayMinutes / 2;
  return guess - off * minuteMs;
}

/** The minute of the day in a time zone, from 0. @param atMs since 1970 */
export function minuteIn(zone: string, atMs: number): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const [hours, minutes] = format.format(atMs).split(':').map(Number);
  return (hours! % 24) * 60 + minutes!;
}

/** Names of all time zones. */
export const timeZones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Milliseconds since 1970, by the monotonic clock. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
