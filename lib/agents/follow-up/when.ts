import { valueOf, type Fact } from '#lib/core/fact.ts';
import type { Proposal } from '#lib/core/proposal.ts';
import { AppError } from '#lib/core/errors.ts';
import { zoneOfCity, zoneOfCountry, zoneOfProperty } from './zones.ts';

export type Hours = { from: number; to: number };
type Fields = { fields: Record<string, Fact> } | null;

const QUARTER_MS = 15 * 60_000;
/** A Friday evening to a Monday is 64 hours; two weeks of quarters outlast any run of closed days. */
const LONGEST_SEARCH = 14 * 24 * 4;

/**
 * The recipient's zone and how it is known: the zone property, the city, then the country of the person, then of the
 * account. A country with several zones is not enough: null, so that a person is asked instead of a guess made.
 */
export function zoneOf(person: Fields, account: Fields): Proposal['timezone'] {
  for (const [known, whose] of [
    [person, ''],
    [account, "company's "],
  ] as const) {
    if (!known) continue;
    const tries = [
      [zoneOfProperty(valueOf(known, 'hs_timezone') ?? valueOf(known, 'timezone')), 'time zone'],
      [zoneOfCity(valueOf(known, 'city')), 'city'],
      [zoneOfCountry(valueOf(known, 'country')), 'country'],
    ] as const;
    const hit = tries.find(([zone]) => zone !== null);
    if (hit?.[0]) return { name: hit[0], from: `${whose}${hit[1]}` };
  }
  return null;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Weekday and hour on the wall clock of a zone. */
export function localTime(at: Date, zone: string): { weekday: string; hour: number } {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: 'numeric',
      hourCycle: 'h23',
    });
    clocks.set(zone, clock);
  }
  const parts = clock.formatToParts(at);
  const part = (type: string) => parts.find(p => p.type === type)?.value ?? '';
  return { weekday: part('weekday'), hour: Number(part('hour')) };
}

export function isOpen(at: Date, zone: string, hours: Hours): boolean {
  const { weekday, hour } = localTime(at, zone);
  return weekday !== 'Sat' && weekday !== 'Sun' && hour >= hours.from && hour < hours.to;
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
 */
export function sendTime(earliest: Date, zone: string, hours: Hours): Date {
  if (isOpen(earliest, zone, hours)) return earliest;
  let at = Math.ceil(earliest.getTime() / QUARTER_MS) * QUARTER_MS;
  for (let step = 0; step < LONGEST_SEARCH; step += 1, at += QUARTER_MS)
    if (isOpen(new Date(at), zone, hours)) return new Date(at);
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
