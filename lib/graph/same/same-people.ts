import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { listKin } from '../store-lives.ts';

/** The other records that were held to be the same person or account at a time, and what each of them was before. */
export const samePeopleOf = async (tx: TenantTx, subject: Subject, asOf: Instant): Promise<Subject[]> =>
  (await listKin(tx, subject, { asOf, view: 'as-learnt' })).filter(
    one => subjectKey(one) !== subjectKey(subject),
  );
