import { AppError } from '#lib/core/errors.ts';
import { isPerson, parseSubjectKey, subjectKey, type Subject } from '#lib/core/subject.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Stages } from './stages.ts';

/** Every record that one person is or was; at least one, the one that was asked for first. */
export type PersonRecords = [Subject, ...Subject[]];

/**
 * Whom somebody means by a subject key (`hubspot:contacts:7`) or an e-mail address. Throws AppError('bad_input') for what
 * is neither, AppError('not_found') where nobody is known by that address.
 */
export async function findPerson(tx: TenantTx, who: string, s: Stages): Promise<PersonRecords> {
  const text = who.trim();
  if (/^[^\s@:]+@[^\s@]+$/.test(text)) {
    const [first, ...rest] = await s.graph.recordsOf(tx, { email: text });
    if (!first)
      throw new AppError(
        'not_found',
        'Nobody is known by this address. Use the record’s key, as hubspot:contacts:7.',
      );
    return [first, ...rest];
  }
  const subject = personIn(text);
  if (!subject)
    throw new AppError(
      'bad_input',
      'Say whom: the key of a contact or lead, as hubspot:contacts:7, or an e-mail address.',
    );
  return allRecordsOf(tx, subject, s);
}

/** The record and all that it is or was the same person as. */
export async function allRecordsOf(tx: TenantTx, subject: Subject, s: Stages): Promise<PersonRecords> {
  const all = await s.graph.recordsOf(tx, { subject });
  return [subject, ...all.filter(one => subjectKey(one) !== subjectKey(subject))];
}

function personIn(text: string): Subject | null {
  try {
    const subject = parseSubjectKey(text);
    return isPerson(subject) ? subject : null;
  } catch {
    return null;
  }
}
