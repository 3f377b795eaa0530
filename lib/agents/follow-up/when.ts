import { valueOf, type Fact } from '#lib/core/fact.ts';
import type { Proposal } from '#lib/core/proposal.ts';
import { AppError } from '#lib/core/errors.ts';
import { localTime } from '#lib/core/local-time.ts';
import { zoneIn, type ZoneField } from '#lib/core/zones.ts';

export type Hours = { from: number; to: number };
/** When the sender is at work, on the office's clock; null: as usual. */
export type Office = { hours: Hours | null; days: string[] | null; zone: string };
type Fields = { fields: Record<string, Fact> } | null;

const QUARTER_MS = 15 * 60_000;
/** A Friday evening to a Monday is 64 hours; two weeks of quarters outlast any run of closed days. */
const LONGEST_SEARCH = 14 * 24 * 4;

const WORDS: Record<ZoneField, string> = {
  hs_timezone: 'time zone',
  timezone: 'time zone',
  city: 'city',
  country: 'country',
};

/** The recipient's zone and how it is known: what the person's own record says, then the account's. */
export function zoneOf(person: Fields, account: Fields): Proposal['timezone'] {
  for (const [known, whose] of [
    [person, ''],
    [account, "company's "],
  ] as const) {
    const found = known && zoneIn(field => valueOf(known, field));
    if (found) return { name: found.zone, from: `${whose}${WORDS[found.field]}` };
  }
  return null;
}

export function isOpen(at: Date, zone: string, hours: Hours): boolean {
  const { weekday, hour } = localTime(at, zone);
  return weekday !== 'Sat' && weekday !== 'Sun' && hour >= hours.from && hour < hours.to;
}

function isAtWork(at: Date, { hours, days, zone }: Office): boolean {
  const { weekday, hour } = localTime(at, zone);
  const day = days === null || days.includes(weekday.slice(0, 3).toLowerCase());
  return day && (hours === null || (hour >= hours.from && hour < hours.to));
}

/** A step's window within the tenant's hours; where they do not meet, the tenant's hours. */
export function narrow(hours: Hours, window: Hours | null): Hours {
  if (!window) return hours;
  const both = { from: Math.max(hours.from, window.from), to: Math.min(hours.to, window.to) };
  return both.from < both.to ? both : hours;
}

/**
 * The first moment at or after `earliest` that falls on a weekday within `hours` [from, to) of the zone's wall clock.
 * It steps by quarters of an hour instead of computing an offset, so a change to or from summer time cannot mislead it.
 * Where the sender's own hours never meet the recipient's, the recipient's hold alone.
 */
export function sendTime(earliest: Date, zone: string, hours: Hours, office: Office | null = null): Date {
  const fits = (at: Date) => isOpen(at, zone, hours) && (office === null || isAtWork(at, office));
  if (fits(earliest)) return earliest;
  let at = Math.ceil(earliest.getTime() / QUARTER_MS) * QUARTER_MS;
  for (let step = 0; step < LONGEST_SEARCH; step += 1, at += QUARTER_MS)
    if (fits(new Date(at))) return new Date(at);
  if (office !== null) return sendTime(earliest, zone, hours);
  throw new AppError(
    'bad_input',
    `No time to send lies between ${hours.from}:00 and ${hours.to}:00: check the sending hours.`,
  );
}

/** Names of the first two weekdays after a moment, as the recipient would say them. */
export function nextWeekdays(after: Date, zone: string): [string, string] {
  const names: string[] = [];
  for (let day = 1; names.length < 2; day += 1) {
    const at = new Date(after.getTime() + day * 86_400_000);
    const name = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long' }).format(at);
    if (name !== 'Saturday' && name !== 'Sunday') names.push(name);
  }
  return [names[0] ?? '', names[1] ?? ''];
}

/** A day in words, e.g. "3 March", with the year where it is not this year's. */
export function dayInWords(at: Date | string, zone: string, now: Date): string {
  const date = new Date(at);
  const year = date.getUTCFullYear() === now.getUTCFullYear() ? {} : { year: 'numeric' as const };
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'long', ...year }).format(
    date,
  );
}
