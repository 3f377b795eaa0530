import { evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { Touch } from '#lib/core/fact.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Acquaintance } from '../graph-shapes.ts';
import { counted, decayed, nodeOf, rounded, tookPlace, userOf, type Scene } from './scene.ts';

/** A contact counts for half as much after this many days. */
export const HALF_LIFE_DAYS = 90;
/** So many two-way contacts today make a strength of one half; twice as many three quarters. */
const HALF_KNOWN = 3;
/** What a contact counts for: an e-mail that nobody answered is not yet an acquaintance. */
const WEIGHTS = { meeting: 3, answered: 2, received: 1, sent: 0.1 };
/** Messages of ours alone make no more of an acquaintance than this, however many. */
const MOST_ONE_SIDED = 0.6;

type Way = keyof typeof WEIGHTS;

/** How a touch connects; null: not at all (a note to oneself, a plan). */
function wayOf({ channel, direction, status }: Touch): Way | null {
  if (channel === 'meeting') return 'meeting';
  if (channel === 'call')
    return direction === 'in' || /CONNECTED|COMPLETED|LIVE/.test(status) ? 'answered' : 'sent';
  if (channel === 'email') return direction === 'in' ? 'received' : 'sent';
  return null;
}

interface Contact {
  touch: Touch;
  way: Way;
}

/**
 * How well our users know the people of the scene, the strongest first. Every contact counts by its way and its age (half
 * as much after 90 days); strength is 1 − 2^(−sum / 3), where what we sent without an answer adds at most 0.6 to the sum.
 * Whoever the CRM names as the user of a touch had the contact.
 */
export function acquaintances(scene: Scene): Acquaintance[] {
  const pairs = new Map<string, { person: Subject; user: Subject; contacts: Contact[] }>();
  for (const { touch, about } of scene.touches) {
    const user = userOf(touch);
    const way = tookPlace(touch, scene.asOf) ? wayOf(touch) : null;
    if (user === null || way === null) continue;
    for (const person of about) {
      if (!isPerson(person)) continue;
      const key = `${subjectKey(person)}\n${user.id}`;
      const pair = pairs.get(key) ?? { person, user, contacts: [] };
      pairs.set(key, pair);
      pair.contacts.push({ touch, way });
    }
  }
  return [...pairs.values()]
    .map(pair => acquaintance(scene, pair))
    .sort((a, b) => b.strength - a.strength || (a.lastTouchAt < b.lastTouchAt ? 1 : -1));
}

function acquaintance(
  scene: Scene,
  { person, user, contacts }: { person: Subject; user: Subject; contacts: Contact[] },
): Acquaintance {
  let mutual = 0;
  let oneSided = 0;
  const counts = { in: 0, out: 0, both: 0 };
  for (const { touch, way } of contacts) {
    const worth = WEIGHTS[way] * decayed(touch.at, scene.asOf, HALF_LIFE_DAYS);
    if (way === 'sent') oneSided += worth;
    else mutual += worth;
    counts[way === 'sent' ? 'out' : way === 'received' ? 'in' : 'both'] += 1;
  }
  const newest = (['meeting', 'answered', 'received', 'sent'] as const).flatMap(way => {
    const found = contacts.find(contact => contact.way === way);
    return found ? [found.touch] : [];
  });
  return {
    person: nodeOf(scene, person),
    user: nodeOf(scene, user),
    strength: rounded(1 - 2 ** (-(mutual + Math.min(oneSided, MOST_ONE_SIDED)) / HALF_KNOWN)),
    lastTouchAt: contacts.reduce((last, { touch }) => (touch.at > last ? touch.at : last), ''),
    counts,
    evidence: newest
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, 3)
      .map(touch => evidenceOfTouch(touch, person)),
  };
}

/** Acquaintances as relations: a user knows a person, since the first contact that is known. */
export function knows(scene: Scene, all: readonly Acquaintance[]): GraphRelation[] {
  const first = firstContacts(scene);
  return all.flatMap(({ person, user, strength, lastTouchAt, counts, evidence }) => {
    const since = first.get(`${person.key}\n${user.key}`);
    if (!since) return [];
    return [
      {
        from: user,
        kind: 'knows' as const,
        to: person,
        at: since.at,
        learntAt: since.learntAt,
        lastAt: lastTouchAt,
        strength,
        why: inWords(counts),
        evidence,
      },
    ];
  });
}

function firstContacts(scene: Scene): Map<string, Touch> {
  const first = new Map<string, Touch>();
  for (const { touch, about } of scene.touches) {
    const user = userOf(touch);
    if (user === null || !tookPlace(touch, scene.asOf) || wayOf(touch) === null) continue;
    // Touches come newest first.
    for (const person of about) first.set(`${subjectKey(person)}\n${subjectKey(user)}`, touch);
  }
  return first;
}

const inWords = ({ in: received, out, both }: Acquaintance['counts']): string =>
  [
    both > 0 ? counted(both, 'conversation') : null,
    received > 0 ? `${counted(received, 'message')} from them` : null,
    out > 0 ? `${counted(out, 'message')} to them` : null,
  ]
    .filter(part => part !== null)
    .join(', ');
