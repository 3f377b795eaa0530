import { mostInteractions, mostTouches } from '#lib/core/fact.ts';
import { DAY_MS } from '#lib/core/time.ts';
import type { EventKind } from './event-kind.ts';
import type { Happened, Seen, Visible } from './see.ts';
import { wasConnected, wasHeld } from './statuses.ts';

/** Something that the person did, and what it counts: an e-mail to us is 1. */
export type Engaged = { one: Seen | Happened; at: number; days: number; weight: number };

const of = (all: readonly (Seen | Happened)[], weight: number): Engaged[] =>
  all.map(one => ({ one, at: one.at, days: one.days, weight }));

const newestFirst = (...lists: Engaged[][]): Engaged[] => lists.flat().sort((a, b) => b.at - a.at);

/** What the person said to us: e-mails, calls in which they were reached, meetings that took place. Newest first. */
export const conversationsOf = (seen: Visible): Engaged[] =>
  newestFirst(
    of(seen.emailsIn, 1),
    of(seen.calls.filter(wasConnected), 1.5),
    of(seen.meetings.filter(wasHeld), 2),
  );

export const WEIGHTS: Record<EventKind, number> = {
  form: 1.5,
  click: 0.5,
  act: 0.5,
  page: 0.1,
  look: 0.1,
  open: 0,
  none: 0,
};

/**
 * That and what they did on our pages and with our product. An opened e-mail counts nothing, since mail programs load
 * its pictures by themselves; use of the product counts once a day, since a click there is no decision.
 */
export function engagedOf(seen: Visible): Engaged[] {
  const online: Engaged[] = [];
  for (const one of seen.marketing) {
    const weight = WEIGHTS[one.kind];
    if (weight > 0) online.push({ one, at: one.at, days: one.days, weight });
  }
  return newestFirst(seen.once(conversationsOf), online, of(daysOf(seen.product), 0.5));
}

/** The newest event of each day, UTC. */
export function daysOf(events: readonly Happened[]): Happened[] {
  let day = Number.NaN;
  return events.filter(({ at }) => {
    const before = day;
    day = Math.floor(at / DAY_MS);
    return day !== before;
  });
}

/** Of a list that has the newest first: what is at least `from` and less than `to` days old. */
export function between<T extends { days: number }>(all: readonly T[], from: number, to: number): T[] {
  const some: T[] = [];
  for (const one of all) {
    if (one.days >= to) break;
    if (one.days >= from) some.push(one);
  }
  return some;
}

/** How many days back all events are seen. */
export const eventsReach = ({ events }: Visible): number =>
  events.length < mostInteractions ? Number.POSITIVE_INFINITY : (events.at(-1)?.days ?? 0);

/** How many days back all activities are seen. */
export const touchesReach = ({ past, upcoming, planned }: Visible): number =>
  past.length + upcoming.length + planned.length < mostTouches
    ? Number.POSITIVE_INFINITY
    : (past.at(-1)?.days ?? 0);
