import Holidays from 'date-holidays';

/** Reckoning one country's year takes milliseconds, so what was reckoned is kept; it is bounded by countries and years in use. */
const calendars = new Map<string, ReadonlyMap<string, string>>();
const MOST_CALENDARS = 1000;

/** Beyond these years the moon's and the church's calendars are guesses. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;

/** Public holidays of a whole country (not of its states) in a year: English names by day, as in 2026-12-25. */
function holidaysOf(country: string, year: number): ReadonlyMap<string, string> {
  const key = `${country} ${year}`;
  let calendar = calendars.get(key);
  if (!calendar) {
    if (calendars.size >= MOST_CALENDARS) calendars.clear();
    const reckoned = new Holidays(country, { types: ['public'], languages: ['en'] }).getHolidays(year);
    calendar = new Map((reckoned || []).flatMap(daysOf));
    calendars.set(key, calendar);
  }
  return calendar;
}

const DAY_MS = 86_400_000;

/** A holiday may last several days. */
function daysOf({
  date,
  start,
  end,
  name,
}: {
  date: string;
  start: Date;
  end: Date;
  name: string;
}): [string, string][] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
  return Array.from({ length }, (_, day) => [isoDay(first + day * DAY_MS), name]);
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The first public holiday in a country from a day (as in 2026-11-20) on, within `days`; null when there is none. */
export function nextHoliday(
  country: string,
  from: string,
  days: number,
): { name: string; inDays: number } | null {
  const first = Date.parse(`${from}T00:00:00Z`);
  for (let inDays = 0; inDays <= days; inDays += 1) {
    const day = isoDay(first + inDays * DAY_MS);
    const year = Number(day.slice(0, 4));
    if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return null;
    const name = holidaysOf(country, year).get(day);
    if (name !== undefined) return { name, inDays };
  }
  return null;
}
