import { AppError } from '#lib/core/errors.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { listKnown } from '../store-neighbours.ts';
import { listSame } from '../store-scene.ts';
import { NOW } from '../store-when.ts';
import { hasMarks } from './notice-same.ts';
import { endHeld, listHeld, saveHeld, type Held, type Pair } from './store-same.ts';

/**
 * A person says that two records are one person or account, or that they are not, which holds for good: no rule says
 * otherwise again. Records that were taken apart are in no common group any more: `a` leaves all that tied it to `b`.
 * Throws AppError('bad_input') for records of which that cannot be said, AppError('not_found') for unknown ones.
 */
export async function sayIdentity(
  tx: TenantTx,
  { a, b, state }: { a: Subject; b: Subject; state: 'same' | 'different' },
  by: string,
  at: Instant,
): Promise<void> {
  if (subjectKey(a) === subjectKey(b) || !hasMarks(a) || !hasMarks(b) || isPerson(a) !== isPerson(b))
    throw new AppError(
      'bad_input',
      'Only two people, or two companies, can be said to be the same or different.',
    );
  if ((await listKnown(tx, [a, b], NOW)).length < 2)
    throw new AppError('not_found', 'One of these records is not known any more. Load the page again.');
  await holdByPerson(tx, [[a, b]], state, by, at);
  if (state === 'different') await holdByPerson(tx, await tiesOf(tx, a, b), 'different', by, at);
}

async function holdByPerson(
  tx: TenantTx,
  pairs: readonly Pair[],
  state: Held['state'],
  by: string,
  at: Instant,
): Promise<void> {
  const before = await listHeld(
    tx,
    pairs.map(([a]) => a),
  );
  const held = pairs.map(([a, b]): Held => {
    const there = before.find(
      one => subjectKey(one.a) === subjectKey(a) && subjectKey(one.b) === subjectKey(b),
    );
    // Of two words in one millisecond the later one is later.
    const learntAt = there && there.learntAt >= at ? toInstant(Date.parse(there.learntAt) + 1) : at;
    return { a, b, state, reason: 'said-by-a-person', confidence: 1, by, learntAt };
  });
  for (const { a, b, learntAt } of held) await endHeld(tx, [[a, b]], learntAt);
  await saveHeld(tx, held);
}

/** By what `a` is still one with `b`: its ties to those from whom there is a way to `b` that does not lead over `a`. */
async function tiesOf(tx: TenantTx, a: Subject, b: Subject): Promise<Pair[]> {
  const group = (await listSame(tx, [a], NOW)).get(subjectKey(a)) ?? [];
  if (group.every(one => subjectKey(one) !== subjectKey(b))) return [];
  const ties = (await listHeld(tx, [a, ...group])).filter(({ state }) => state === 'same');
  const reached = new Set([subjectKey(b)]);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const tie of ties)
      if (reached.has(subjectKey(tie.a)) && subjectKey(tie.b) !== subjectKey(a))
        reached.add(subjectKey(tie.b));
  }
  return ties
    .filter(tie => subjectKey(tie.a) === subjectKey(a) && reached.has(subjectKey(tie.b)))
    .map(tie => [tie.a, tie.b] as const);
}
