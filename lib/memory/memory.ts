import { AppError } from '#lib/core/errors.ts';
import type { Memory } from '#lib/core/memory.ts';
import { storable } from '#lib/core/storable.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import * as store from './store.ts';

export { erase, held } from './store-erase.ts';
export { hasSuggested } from './store-suggested.ts';
export type { Lesson, Taught } from './learn/lesson.ts';
export { lessonsOf } from './learn/lessons.ts';
export type { Recalled } from './store.ts';

/** What a person says of a memory; the rest of a version follows from it. */
export type By = { id: string; name: string };

/** Keeps a memory that is new. Only what is confirmed is ever in force. */
export const remember = (tx: TenantTx, memory: Omit<Memory, 'version'>): Promise<void> =>
  store.insertVersion(tx, storable({ ...memory, version: 1 }));

/**
 * What was in force at a time, the longest known first: confirmed by then, not replaced or forgotten by then, and not
 * expired. About these records, of the team, and private to these holders (about one of the records, or none). Policy
 * decides which of them an agent sees. What somebody taught, changed or forgot later changes no earlier answer.
 */
export const recall = (tx: TenantTx, about: store.Recalled, asOf: Instant): Promise<Memory[]> =>
  store.inForce(tx, about, asOf);

/** What stands about these records or is private to these holders: in force, or suggested. */
export const standingFor = (tx: TenantTx, about: store.Recalled, now: Instant): Promise<Memory[]> =>
  store.standing(tx, now, 500, store.concerns(about));

/** As it stands. Throws AppError('not_found') for one that is not there, or that was forgotten. */
export async function load(tx: TenantTx, id: string): Promise<Memory> {
  const found = id.includes('\0') ? null : await store.newestVersion(tx, id);
  if (!found || found.state === 'forgotten')
    throw new AppError('not_found', 'This memory is not there any more: it was forgotten, or erased.');
  return found;
}

/**
 * Puts a new version in the place of the one that was read. Throws AppError('conflict') when somebody else was faster.
 * The version before stays readable as of its time.
 */
export async function revise(
  tx: TenantTx,
  was: Memory,
  next: Partial<Omit<Memory, 'id' | 'version' | 'at' | 'author' | 'authorName'>>,
  by: By,
  now: Date,
): Promise<Memory> {
  // Two changes in one moment would otherwise leave the order of versions to chance.
  const at = toInstant(Math.max(now.getTime(), Date.parse(was.at) + 1));
  if (!(await store.endVersion(tx, was, at)))
    throw new AppError('conflict', 'Somebody else has just changed this memory. Look at it again.');
  const version = storable<Memory>({
    ...was,
    ...next,
    version: was.version + 1,
    at,
    author: by.id,
    authorName: by.name,
  });
  await store.insertVersion(tx, version);
  return version;
}

/**
 * Takes a memory out of all later facts: its last version has no text. What was in force before stays readable as of
 * then, as decisions were made by it, and keeps an answer from suggesting the same again; erasing removes that too. False when there is none of that id.
 */
export async function forget(tx: TenantTx, id: string, by: By, now: Date): Promise<boolean> {
  const was = await store.newestVersion(tx, id);
  if (!was || was.state === 'forgotten') return false;
  await revise(tx, was, { state: 'forgotten', text: '', expiresAt: null }, by, now);
  return true;
}
