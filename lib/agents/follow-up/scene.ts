import { valueOf, type Fact, type Facts, type Known, type Touch } from '#lib/core/fact.ts';
import type { Band } from '#lib/core/score.ts';
import { isPerson, type Subject } from '#lib/core/subject.ts';
import { DAY_MS } from '#lib/core/time.ts';
import { correspondentOf, isWith, sameName } from './correspondent.ts';

type Fields = { fields: Record<string, Fact> };
type Of = Fields & { subject: Subject };

/** The facts as a person would tell them: who it is, what was said last, by whom, and what is planned. */
export type Scene = {
  facts: Facts;
  now: Date;
  band: Band | null;
  /** The record of the person whom a touch would reach; null: a deal, or a piece of work, without one. */
  person: Of | null;
  firstName: string | null;
  fullName: string | null;
  company: string | null;
  /** What the record is called in a title. */
  label: string;
  hasEmail: boolean;
  hasPhone: boolean;
  /** Newest first, up to now, without tasks and without e-mails that were exchanged with somebody else. */
  past: Touch[];
  /** Meetings and calls that are still to come. */
  planned: Touch[];
  openTasks: Touch[];
  lastIn: Touch | null;
  lastOut: Touch | null;
};

const finished = new Set(['COMPLETED', 'DEFERRED', 'CANCELED', 'CANCELLED']);
const missed = new Set(['NO_SHOW', 'CANCELED', 'CANCELLED', 'RESCHEDULED']);

/** An open task that nobody has touched for this long past its date is forgotten work, not a plan. */
const STALE_TASK_MS = 30 * DAY_MS;

export const isMissed = (touch: Touch): boolean => missed.has(touch.status);

/** Both sides spoke: a call that was answered, a meeting that is not known to have been missed. */
export const isTalk = (touch: Touch): boolean =>
  touch.channel === 'meeting'
    ? !isMissed(touch) && touch.status !== 'SCHEDULED'
    : touch.channel === 'call' && touch.status === 'CONNECTED';

/** Somebody of ours got in touch: wrote, called, or met. */
const isOut = (touch: Touch): boolean =>
  (touch.direction === 'out' && (touch.channel === 'email' || touch.channel === 'call')) ||
  (touch.channel === 'meeting' && !isMissed(touch));

/** Names go into trusted text, so only what can be a name passes; what reads like a web address is none. */
export function safeName(text: string | null): string | null {
  const name = (text ?? '').replaceAll(/\s+/g, ' ').trim();
  return name.length > 0 &&
    name.length <= 60 &&
    !/\.\p{L}{2,}/u.test(name) &&
    /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .,:;'’&()/+#×–—-]*$/u.test(name)
    ? name
    : null;
}

/** "MARIA" and "maria" are Maria; a name in mixed letters is left as it is. */
function evenName(text: string | null): string {
  const name = (text ?? '').trim();
  const even = name.length > 2 && (name === name.toUpperCase() || name === name.toLowerCase());
  return even
    ? name.toLowerCase().replaceAll(/(?<![\p{L}\p{M}'’])\p{L}/gu, letter => letter.toUpperCase())
    : name;
}

/** A first name fit for a greeting: one word, not an initial. */
export function safeFirstName(text: string | null): string | null {
  const name = evenName(safeName(text)?.split(' ')[0] ?? null);
  return /^\p{Lu}[\p{L}\p{M}'’-]{1,29}$/u.test(name) && name !== name.toUpperCase() ? name : null;
}

const has = (fields: Fields | null, ...names: string[]): boolean =>
  fields !== null && names.some(name => (valueOf(fields, name) ?? '').trim() !== '');

function personOf(facts: Facts): Of | null {
  if (isPerson(facts.subject)) return facts;
  const people: Known[] = facts.people.filter(p => isPerson(p.subject));
  const reached = people.filter(p => has(p, 'email'));
  // The one with whom the newest e-mail was exchanged.
  const newest = facts.touches.map(correspondentOf).find(name => name !== null) ?? null;
  return reached.find(p => sameName(valueOf(p, 'firstname'), newest)) ?? reached[0] ?? people[0] ?? null;
}

export function setScene(facts: Facts, now: Date, band: Band | null): Scene {
  const person = personOf(facts);
  const field = (name: string) => (person ? valueOf(person, name) : null);
  const firstName = safeFirstName(field('firstname'));
  const fullName = safeName([evenName(field('firstname')), evenName(field('lastname'))].join(' '));
  const company = safeName((facts.account ? valueOf(facts.account, 'name') : null) ?? field('company'));
  const time = (touch: Touch) => new Date(touch.at).getTime();
  const byTime = [...facts.touches].sort((a, b) => time(b) - time(a));
  const past = byTime.filter(t => time(t) <= now.getTime() && t.channel !== 'task' && isWith(t, firstName));
  const talk = past.filter(t => t.channel === 'email' || t.channel === 'call');
  return {
    facts,
    now,
    band,
    person,
    firstName,
    fullName,
    company,
    label: safeName(valueOf(facts, 'dealname')) ?? fullName ?? company ?? `record ${facts.subject.id}`,
    hasEmail: has(person, 'email'),
    hasPhone: has(person, 'phone', 'mobilephone'),
    past,
    planned: byTime.filter(
      t => time(t) > now.getTime() && (t.channel === 'meeting' || t.channel === 'call') && !isMissed(t),
    ),
    openTasks: byTime.filter(
      t => t.channel === 'task' && !finished.has(t.status) && time(t) > now.getTime() - STALE_TASK_MS,
    ),
    lastIn: talk.find(t => t.direction === 'in') ?? null,
    lastOut: past.find(isOut) ?? null,
  };
}

/** Touches of ours since a moment, newest first. */
export const outsSince = (scene: Scene, since: Date | null): Touch[] =>
  scene.past.filter(t => isOut(t) && (!since || new Date(t.at) > since));
