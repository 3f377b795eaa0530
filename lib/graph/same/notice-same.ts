import { isPerson, subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { listSame } from '../store-scene.ts';
import { judgePair } from './judge-pair.ts';
import { keysOf, likenessOf, marksOf, type Marks } from './marks-of.ts';
import {
  areSomeApart,
  endHeld,
  listHeld,
  listLiving,
  listSharing,
  listSharingAddress,
  removeKeys,
  saveHeld,
  saveKeys,
  type Fields,
  type Held,
  type MarkOf,
  type Pair,
} from './store-same.ts';

/** A person or an account that became another one in the CRM: null where there was none, or is none any more. */
export interface Renewed {
  subject: Subject;
  before: Fields | null;
  after: Fields | null;
}

/** Who may be the same as others: people and accounts. */
export const hasMarks = (subject: Subject): boolean => isPerson(subject) || subject.object === 'companies';

const pairKey = (a: Subject, b: Subject): string => [subjectKey(a), subjectKey(b)].sort().join('\n');

/**
 * Finds who is the same person or account as some renewed records, by their marks and nobody else's, and takes back what a
 * rule had said that no longer follows. What a person said stays, whatever the marks say.
 */
export async function noticeSame(tx: TenantTx, renewed: readonly Renewed[], at: Instant): Promise<void> {
  const changed = renewed.flatMap(({ subject, before, after }): Changed[] => {
    const [was, is] = [before && marksOf(subject, before), after && marksOf(subject, after)];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ subject, was, is }];
  });
  const [own, likeness] = [newKeys(changed, keysOf), newKeys(changed, (_, marks) => likenessOf(marks))];
  const addresses = changed.flatMap(({ subject, was, is }) =>
    is?.email && is.email !== was?.email ? [{ subject, mark: is.email }] : [],
  );
  await removeKeys(tx, [...own.removed, ...likeness.removed]);
  await saveKeys(tx, [...own.added, ...likeness.added]);
  const held = await listHeld(
    tx,
    changed.map(({ subject }) => subject),
  );
  await judgePairs(
    tx,
    [
      ...(await listSharing(tx, own.added)),
      ...(await listSharingAddress(tx, addresses)),
      ...held.map(({ a, b }) => [a, b] as const),
    ],
    at,
  );
}

interface Changed {
  subject: Subject;
  was: Marks | null;
  is: Marks | null;
}

function newKeys(changed: readonly Changed[], keysOf: (subject: Subject, marks: Marks) => string[]) {
  const added: MarkOf[] = [];
  const removed: MarkOf[] = [];
  for (const { subject, was, is } of changed) {
    const [old, now] = [was ? keysOf(subject, was) : [], is ? keysOf(subject, is) : []];
    added.push(...now.filter(mark => !old.includes(mark)).map(mark => ({ subject, mark })));
    removed.push(...old.filter(mark => !now.includes(mark)).map(mark => ({ subject, mark })));
  }
  return { added, removed };
}

/** Judges pairs by their records as they are now, and holds what comes of it. */
async function judgePairs(tx: TenantTx, found: readonly Pair[], at: Instant): Promise<void> {
  const pairs = [...new Map(found.map(pair => [pairKey(...pair), pair])).values()];
  if (pairs.length === 0) return;
  const subjects = [...new Map(pairs.flat().map(one => [subjectKey(one), one])).values()];
  const living = await listLiving(tx, subjects);
  const held = new Map((await listHeld(tx, subjects)).map(one => [pairKey(one.a, one.b), one]));
  const ended: Pair[] = [];
  const begun: Held[] = [];
  for (const [a, b] of pairs) {
    const there = held.get(pairKey(a, b));
    if (there && (there.by !== 'rule' || there.state === 'different')) continue;
    const [ofA, ofB] = [living.get(subjectKey(a)), living.get(subjectKey(b))];
    // What a record was goes on being the same as the other, be it archived by now.
    if (!ofA || !ofB) continue;
    const judged = judgePair({ subject: a, marks: marksOf(a, ofA) }, { subject: b, marks: marksOf(b, ofB) });
    if (judged && there && judged.state === there.state && judged.reason === there.reason) continue;
    if (there) ended.push([a, b]);
    if (judged) begun.push({ a, b, ...judged, by: 'rule', learntAt: at });
  }
  await endHeld(tx, ended, at);
  if (!(await areSomeApart(tx))) return saveHeld(tx, begun);
  // One by one: each may have brought groups together.
  for (const one of begun) await saveHeld(tx, [await unlessApart(tx, one, at)]);
}

/** A rule does not bring together by a third what a person took apart: then it asks. */
async function unlessApart(tx: TenantTx, held: Held, at: Instant): Promise<Held> {
  const { a, b, state, confidence } = held;
  if (state !== 'same') return held;
  const groups = await listSame(tx, [a, b], { asOf: at, view: 'as-learnt' });
  const groupOf = (one: Subject): Subject[] => [one, ...(groups.get(subjectKey(one)) ?? [])];
  const other = new Set<SubjectKey>(groupOf(b).map(subjectKey));
  const apart = (await listHeld(tx, groupOf(a))).some(
    one => one.state === 'different' && other.has(subjectKey(one.b)),
  );
  return apart ? { ...held, state: 'suggested', confidence: Math.min(confidence, 0.5) } : held;
}
