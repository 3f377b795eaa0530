import type { Evidence } from '#lib/core/evidence.ts';
import { evidenceOfFact, evidenceOfInteraction, evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { Fact, Facts, Interaction, Known, QualityFlag, Touch } from '#lib/core/fact.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import type { Subject } from '#lib/core/subject.ts';
import { DAY_MS, type Instant } from '#lib/core/time.ts';
import { kindOf, type EventKind } from './event-kind.ts';
import { compare } from '#lib/core/compare.ts';
import { isBy, knownThen, nonBlank, ownOf } from './known-then.ts';
import { lazily } from './lazily.ts';
import type { Persona } from './persona/cell.ts';

/** An activity with its distance in days from the time of looking, negative when it lies ahead. */
export type Seen = { touch: Touch; at: number; days: number };
/** An event that was sent to us, likewise. */
export type Happened = { interaction: Interaction; kind: EventKind; at: number; days: number };

/**
 * What of the facts could be known at a time (in ms), in an order that does not depend on how the facts were stored:
 * activities and events newest first, fields by name, records by id, relations the strongest first.
 */
export type Visible = Parts & {
  /** The record from whose page a person would look for the evidence. */
  subject: Subject;
  asOf: number;
  /** Null when the subject did not exist yet, or its creation has no readable time. */
  createdAt: number | null;
  /** The subject's fact of that name as of then; null when there is none or it is blank. */
  field: (name: string) => Fact | null;
  /** What the subject's field held until then, oldest first, without values that only repeat. */
  history: (name: string) => Fact[];
  accountField: (name: string) => Fact | null;
  personas: readonly Persona[];
  /** Of the first three. */
  evidence: (shown: readonly (Seen | Happened)[]) => Evidence[];
  /** What a function makes of this view, made once for all features that ask for it. */
  once: <T>(make: (seen: Visible) => T) => T;
};

type Parts = {
  /** Each is made when it is first asked for, and once. Of all fields that hold something, sorted. */
  fieldNames: string[];
  /** What had happened or was due, of every channel. */
  past: Seen[];
  /** Written by the person: automatic replies and bounces are left out, of both directions. */
  emailsIn: Seen[];
  emailsOut: Seen[];
  bounced: Seen[];
  calls: Seen[];
  meetings: Seen[];
  /** Meetings that were in the calendar then and lay ahead, the last first. */
  upcoming: Seen[];
  /** Tasks that were to be done later, the last first. */
  planned: Seen[];
  events: Happened[];
  marketing: Happened[];
  product: Happened[];
  relations: GraphRelation[];
  flags: QualityFlag[];
  account: Known | null;
  people: Known[];
  deals: Known[];
};

const AUTOMATIC =
  /^\W*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|automatische antwort|abwesen|respuesta automática|risposta automatica|réponse automatique|undeliver|delivery (status|failure))/i;

/** Leaves out whatever was learnt or became true after `asOf`, and whatever has no readable time. */
export function see(facts: Facts, asOf: Instant, personas: readonly Persona[] = []): Visible {
  const now = Date.parse(asOf);
  if (Number.isNaN(now)) throw new RangeError(`"${asOf}" is no time`);
  const then = knownThen(asOf, now);
  const created = Date.parse(facts.createdAt);
  const made = new Map<unknown, unknown>();
  const field = (name: string) => then.field(facts, name);

  const all: { touches: Seen[]; emails: Seen[]; written: Seen[] } = lazily({
    touches: () => touchesThen(facts.touches, asOf, now),
    emails: () => parts.past.filter(({ touch }) => touch.channel === 'email' && !AUTOMATIC.test(touch.title)),
    written: () => all.emails.filter(({ touch }) => touch.status !== 'BOUNCED'),
  });

  const parts: Parts = lazily<Parts>({
    fieldNames: () =>
      [...new Set([...Object.keys(facts.fields), ...facts.history.map(fact => fact.name)])]
        .filter(name => field(name) !== null)
        .sort(),
    past: () => all.touches.filter(seen => seen.at <= now),
    emailsIn: () => all.written.filter(({ touch }) => touch.direction === 'in'),
    emailsOut: () => all.written.filter(({ touch }) => touch.direction === 'out'),
    bounced: () => all.emails.filter(({ touch }) => touch.status === 'BOUNCED'),
    calls: () => parts.past.filter(({ touch }) => touch.channel === 'call'),
    meetings: () => parts.past.filter(({ touch }) => touch.channel === 'meeting'),
    upcoming: () => all.touches.filter(({ at, touch }) => at > now && touch.channel === 'meeting'),
    planned: () => all.touches.filter(({ at, touch }) => at > now && touch.channel === 'task'),
    events: () => eventsThen(facts.interactions, asOf, now),
    marketing: () => parts.events.filter(({ interaction }) => interaction.source === 'marketing'),
    product: () => parts.events.filter(({ interaction }) => interaction.source === 'product'),
    relations: () => relationsThen(facts.relations, asOf, now),
    flags: () =>
      facts.flags
        .filter(flag => isBy(flag.learntAt, asOf, now))
        .sort(
          (a, b) => compare(a.rule, b.rule) || compare(a.source.id, b.source.id) || compare(a.text, b.text),
        ),
    account: () => (facts.account ? (then.records([facts.account])[0] ?? null) : null),
    people: () => then.records(facts.people),
    deals: () => then.records(facts.deals),
  });

  /** Features show the same few again and again. */
  const shownBefore = new Map<Seen | Happened, Evidence>();
  const evidenceOfOne = (one: Seen | Happened): Evidence => {
    const known = shownBefore.get(one);
    const evidence =
      known ??
      ('touch' in one ? evidenceOfTouch(one.touch, facts.subject) : evidenceOfInteraction(one.interaction));
    if (!known) shownBefore.set(one, evidence);
    return evidence;
  };

  const seen: Visible = Object.defineProperties(
    {
      subject: facts.subject,
      asOf: now,
      createdAt: created <= now ? created : null,
      field,
      history: (name: string) => then.history(facts, name),
      accountField: (name: string) => nonBlank(parts.account ? ownOf(parts.account.fields, name) : undefined),
      personas,
      evidence: (shown: readonly (Seen | Happened)[]) => shown.slice(0, 3).map(evidenceOfOne),
      once: <T>(make: (seen: Visible) => T): T => {
        if (!made.has(make)) made.set(make, make(seen));
        return made.get(make) as T;
      },
    },
    Object.getOwnPropertyDescriptors(parts),
  ) as Visible;
  return seen;
}

const newestFirst = <T extends { at: number }>(id: (one: T) => string, all: T[]): T[] =>
  all.sort((a, b) => b.at - a.at || compare(id(a), id(b)));

function touchesThen(touches: readonly Touch[], asOf: Instant, now: number): Seen[] {
  const seen: Seen[] = [];
  for (const touch of touches) {
    const at = isBy(touch.learntAt, asOf, now) ? Date.parse(touch.at) : Number.NaN;
    if (!Number.isNaN(at)) seen.push({ touch, at, days: (now - at) / DAY_MS });
  }
  return newestFirst(one => one.touch.ref.id, seen);
}

function eventsThen(interactions: readonly Interaction[], asOf: Instant, now: number): Happened[] {
  const happened: Happened[] = [];
  for (const interaction of interactions) {
    const at = Date.parse(interaction.at);
    const wasLearnt = interaction.learntAt === interaction.at || isBy(interaction.learntAt, asOf, now);
    if (at <= now && wasLearnt)
      happened.push({ interaction, kind: kindOf(interaction.type), at, days: (now - at) / DAY_MS });
  }
  return newestFirst(one => one.interaction.id, happened);
}

/** A strength says what was so when it was last shown: one that was shown later is not of then. */
function relationsThen(relations: readonly GraphRelation[], asOf: Instant, now: number): GraphRelation[] {
  const name = ({ from, kind, to }: GraphRelation) => `${from.key} ${kind} ${to.key}`;
  return relations
    .filter(
      ({ at, learntAt, lastAt }) =>
        isBy(learntAt, asOf, now) && isBy(at, asOf, now) && (lastAt === null || isBy(lastAt, asOf, now)),
    )
    .sort((a, b) => (b.strength ?? 0) - (a.strength ?? 0) || compare(name(a), name(b)));
}

export const evidenceOf = (...facts: (Fact | null)[]): Evidence[] =>
  facts.filter(fact => fact !== null).map(evidenceOfFact);
