import type { ErasureReceipt } from '#lib/core/erasure.ts';
import type { Scope } from '#lib/core/scope.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { namesOf, searchSubjects } from '#lib/graph/read.ts';
import { canRead, mayDo, privacyActions } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { holdsOn, listErasures, listHolds, listObjections, objectionsOf } from '#lib/privacy/read.ts';

const most = 50;

/** A person who was looked for, with what stands between them and an erasure or a score. */
export interface FoundPerson {
  key: string;
  subject: Subject;
  name: string;
  email: string | null;
  objection: { id: string; at: Instant; reason: string } | null;
  hold: { id: string; endsAt: Instant; reason: string; byName: string } | null;
}

/** A hold or an objection in a list; without an end while it is in force. */
export interface NotedRight {
  id: string;
  subject: Subject;
  name: string;
  reason: string;
  byName: string;
  at: Instant;
  endsAt: Instant | null;
  endedAt: Instant | null;
}

export interface ListedErasureView {
  id: string;
  at: Instant;
  origin: 'asked' | 'crm';
  state: 'due' | 'done';
  /** Of one that waits. */
  name: string | null;
  /** Why it waits. */
  waitsFor: string | null;
  receipt: ErasureReceipt | null;
}

export interface PrivacyView {
  words: string;
  found: FoundPerson[];
  may: { erase: boolean; object: boolean; hold: boolean; access: boolean };
  erasures: ListedErasureView[];
  holds: NotedRight[];
  objections: NotedRight[];
}

/** Everything on the page of people's rights. `words`: whom somebody looks for. Throws AppError('forbidden'). */
export async function privacyView(
  tx: TenantTx,
  scope: Scope,
  words: string,
  now: Date,
): Promise<PrivacyView> {
  await mayDo(tx, scope, 'view_privacy');
  const at = toInstant(now);
  const [erasures, holds, objections] = [
    await listErasures(tx, most),
    await listHolds(tx, most),
    await listObjections(tx, most),
  ];
  const named = [...holds, ...objections, ...erasures].flatMap(one => (one.subject ? [one.subject] : []));
  const names = await namesOf(tx, named);
  const nameOf = (subject: Subject): string => names.get(subjectKey(subject)) ?? subjectKey(subject);
  const listed: ListedErasureView[] = [];
  for (const { subject, ...one } of erasures) {
    const [hold] = subject ? await holdsOn(tx, [subject], at) : [];
    listed.push({
      ...one,
      name: subject && nameOf(subject),
      waitsFor: hold ? `legal hold until ${hold.endsAt.slice(0, 10)}` : null,
    });
  }
  return {
    words,
    found: words.trim().length < 2 ? [] : await find(tx, scope, words, at),
    may: await privacyActions(tx, scope),
    erasures: listed,
    holds: holds.map(({ liftedAt, ...hold }) => ({
      ...hold,
      name: nameOf(hold.subject),
      endedAt: liftedAt ?? (hold.endsAt <= at ? hold.endsAt : null),
    })),
    objections: objections.map(({ withdrawnAt, ...objection }) => ({
      ...objection,
      name: nameOf(objection.subject),
      endsAt: null,
      endedAt: withdrawnAt,
    })),
  };
}

async function find(tx: TenantTx, scope: Scope, words: string, now: Instant): Promise<FoundPerson[]> {
  const people = (await searchSubjects(tx, words, most)).filter(one => isPerson(one.subject)).slice(0, 10);
  const found: FoundPerson[] = [];
  for (const { subject, name, email } of people) {
    if (!(await canRead(tx, scope, subject))) continue;
    const [objection] = await objectionsOf(tx, [subject]);
    const [hold] = await holdsOn(tx, [subject], now);
    found.push({
      key: subjectKey(subject),
      subject,
      name,
      email,
      objection: objection ? { id: objection.id, at: objection.at, reason: objection.reason } : null,
      hold: hold ? { id: hold.id, endsAt: hold.endsAt, reason: hold.reason, byName: hold.byName } : null,
    });
  }
  return found;
}
