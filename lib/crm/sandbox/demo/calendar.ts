import type { Random } from './random.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const iso = (ms: number): string => new Date(ms).toISOString();

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** What to add to UTC, in ms, for the wall clock of `zone` (IANA name) on that UTC day. */
function offsetAt(ms: number, zone: string): number {
  const day = Math.floor(ms / DAY);
  const key = `${zone}:${day}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(day * DAY + DAY / 2).find(part => part.type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  const offset = sign ? (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE) : 0;
  offsets.set(key, offset);
  return offset;
}

const local = (ms: number, zone: string): Date => new Date(ms + offsetAt(ms, zone));

/** The first moment at or after `ms` in office hours (8 to 18 on a weekday) of `zone`, spread over the day. */
export function inOfficeHours(ms: number, zone: string, random: Random): number {
  const wall = local(ms, zone);
  const hour = wall.getUTCHours();
  const weekday = wall.getUTCDay();
  const workday = weekday > 0 && weekday < 6;
  if (workday && hour >= 8 && hour < 18) return ms;
  const midnight = ms - (wall.getTime() % DAY);
  const days = workday && hour < 8 ? 0 : weekday === 5 ? 3 : weekday === 6 ? 2 : 1;
  const minutes = random.weighted([
    [random.int(485, 600), 5],
    [random.int(600, 720), 3],
    [random.int(780, 1020), 4],
  ]);
  return midnight + days * DAY + minutes * MINUTE + random.int(0, 59) * 1000;
}

/** A half-hour slot for a meeting, on a weekday `days` or more after `ms`, 9:00 to 16:30 in `zone`. */
export function meetingSlot(ms: number, days: number, zone: string, random: Random): number {
  const wall = local(ms + days * DAY, zone);
  const weekday = wall.getUTCDay();
  const skip = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  const midnight = ms + days * DAY - (wall.getTime() % DAY) + skip * DAY;
  return midnight + random.pick([18, 19, 20, 21, 22, 26, 27, 28, 29, 30, 31, 33]) * 30 * MINUTE;
}

/** How busy business is then: 1 is normal, less in summer and around New Year, more as a quarter ends. */
export function season(ms: number): number {
  const date = new Date(ms);
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  if ((month === 11 && day > 19) || (month === 0 && day < 5)) return 0.3;
  if (month === 7) return 0.5;
  if (month === 6 && day > 10) return 0.7;
  return month % 3 === 2 && day > 8 ? 1.25 : 1;
}

export function quarterEnd(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3 + 3, 1) - 1;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

export const monthName = (ms: number): string => MONTHS[new Date(ms).getUTCMonth()]!;
export const clock = (ms: number, zone: string): string => local(ms, zone).toISOString().slice(11, 16);

/** "Thursday 14 May", as people of that zone see it. */
export function dateWords(ms: number, zone: string): string {
  const wall = local(ms, zone);
  return `${WEEKDAYS[wall.getUTCDay()]} ${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()]}`;
}
