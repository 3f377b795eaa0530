import type { Erased, Whom } from '#lib/core/erasure.ts';
import type { HeldPart } from '#lib/core/held.ts';
import { patternOf } from '#lib/core/marks.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { redactRows } from '#lib/platform/store-redact.ts';
import { removeAbout, versionsAbout } from './store.ts';

/** Removes what was taught about a person, and takes them out of what was taught about others. */
export async function erase(tx: TenantTx, { subjects, marks }: Whom): Promise<Erased> {
  const removed = await removeAbout(tx, subjects);
  return {
    memories: removed + (await redactRows(tx, { table: 'memories', text: ['text'] }, patternOf(marks))),
  };
}

/** Everything that was ever taught about a person. */
export const held = async (tx: TenantTx, subjects: readonly Subject[]): Promise<HeldPart[]> => [
  {
    what: 'What people taught Sidecard',
    from: 'users of Sidecard',
    why: 'To suggest what suits the person.',
    kept: 'Until it expires or is forgotten, or the person is erased.',
    rows: await versionsAbout(tx, subjects),
  },
];
