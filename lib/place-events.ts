import { isLook } from '#lib/core/event-kind.ts';
import type { Addressee, SentEvent } from '#lib/core/sent-event.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { askFor } from './ask-for-decisions.ts';
import type { Flow } from './flow.ts';
import type { Stages } from './stages.ts';

/** An event with the record that it is about. */
export type Placed = Omit<SentEvent, 'subject'> & { subject: Subject };

/** Where events belong, by address: a record, or why to none; those of whom nothing is known are left out. */
export async function placesOf(
  tx: TenantTx,
  events: readonly { event: SentEvent }[],
  s: Stages,
): Promise<Map<string, Subject | string>> {
  const places = new Map<string, Subject | string>();
  const to = new Map<string, Addressee>(
    events.map(({ event: { subject } }) => [s.ingest.addressKey(subject), subject]),
  );
  const subjects = [...to.values()].flatMap(one => ('email' in one ? [] : [one]));
  const emails = [...to.values()].flatMap(one => ('email' in one ? [one.email] : []));
  const standings = await s.graph.standingsOf(tx, subjects);
  for (const subject of subjects) {
    const standing = standings.get(subjectKey(subject));
    if (standing !== undefined) places.set(subjectKey(subject), standing === 'erased' ? erased : subject);
  }
  for (const [email, [first, ...others]] of await s.graph.peopleByEmail(tx, emails))
    if (first)
      places.set(
        `email:${email}`,
        others.length === 0
          ? first
          : `subject: ${others.length + 1} records have the address ${email}. Name the one that is meant by crm, object and id.`,
      );
  const unknown = emails.filter(email => !places.has(`email:${email}`));
  for (const email of await s.ingest.erasedAddresses(tx, unknown)) places.set(`email:${email}`, erased);
  const found = [...places.values()].filter(place => typeof place !== 'string');
  const gone = await s.ingest.erasedOf(tx, found);
  for (const [key, place] of places)
    if (typeof place !== 'string' && gone.has(subjectKey(place))) places.set(key, erased);
  return places;
}

const erased = 'subject: this person’s data was erased, and nothing more is kept.';

/** Somebody who only looks around makes one piece of news in this time. */
const looksMs = 10 * 60_000;
/** A decision names no more of what set it off. */
const mostNamed = 50;

/**
 * Asks for decisions about the people and deals that events are about, as the records that they live on as. What somebody
 * did on purpose asks at once; mere looks are gathered, since a page that was read changes little by itself.
 */
export async function askAbout(tx: TenantTx, kept: readonly Placed[], flow: Flow, s: Stages): Promise<void> {
  const about = new Map(kept.map(({ subject }) => [subjectKey(subject), subject]));
  const heirs = await s.graph.heirsOf(tx, [...about.values()], toInstant(flow.now()));
  const heirOf = (subject: Subject): Subject => heirs.get(subjectKey(subject)) ?? subject;
  const wanted = new Map(
    [...about.values()]
      .map(heirOf)
      .filter(isDecidedAbout)
      .map(subject => [subjectKey(subject), subject]),
  );
  const live = await s.graph.liveAmong(tx, [...wanted.values()]);
  const news = Map.groupBy(kept, ({ subject }) => subjectKey(heirOf(subject)));
  // In one order, so that two batches cannot block each other.
  for (const [key, subject] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!live.has(key)) continue;
    const events = news.get(key) ?? [];
    const named = events.slice(0, mostNamed).map(({ id }) => `event:${id}`);
    const wait = events.every(isLook) ? { ms: looksMs, key: `${key} looks` } : undefined;
    await askFor(tx, subject, named, flow, wait);
  }
}

const isDecidedAbout = (subject: Subject): boolean => isPerson(subject) || subject.object === 'deals';
