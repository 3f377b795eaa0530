import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { listEarlier, listHeirs } from './store-lives.ts';

/** As whom merged records and converted leads lived on at a time, by subject; those that are still themselves are left out. */
export const heirsOf = (
  tx: TenantTx,
  subjects: readonly Subject[],
  asOf: Instant,
): Promise<Map<SubjectKey, Subject>> => listHeirs(tx, subjects, { asOf, view: 'as-learnt' });

/** As whom a record lived on at a time: itself, unless it was merged or converted. */
export const heirOf = async (tx: TenantTx, subject: Subject, asOf: Instant): Promise<Subject> =>
  (await heirsOf(tx, [subject], asOf)).get(subjectKey(subject)) ?? subject;

/** What each subject was before, as known at a time, over all merges; those that were nothing else are left out. */
export const earlierLivesOf = (
  tx: TenantTx,
  subjects: readonly Subject[],
  asOf: Instant,
): Promise<Map<SubjectKey, Subject[]>> => listEarlier(tx, subjects, { asOf, view: 'as-learnt' });

/** A subject and what it was before. */
export const livesOf = async (
  tx: TenantTx,
  subject: Subject,
  asOf: Instant,
): Promise<[Subject, ...Subject[]]> => [
  subject,
  ...((await earlierLivesOf(tx, [subject], asOf)).get(subjectKey(subject)) ?? []),
];
