import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { listSame } from '../store-scene.ts';

/** The other records that were held to be the same person or account at a time. */
export const samePeopleOf = async (tx: TenantTx, subject: Subject, asOf: Instant): Promise<Subject[]> =>
  (await listSame(tx, [subject], { asOf, view: 'as-learnt' })).get(subjectKey(subject)) ?? [];
