import { AppError } from '#lib/core/errors.ts';
import { Objection } from '#lib/core/privacy-records.ts';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey, type SubjectKey } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { allRecordsOf, findPerson } from './find-person.ts';
import { mayAct, mayDo } from './may.ts';
import { stages, type Stages } from './stages.ts';

const ended = 'This person objected to profiling.';

/**
 * Notes that a person objected to profiling: their scores and features go, suggestions that wait about them end, and no new
 * ones are made until it is withdrawn. Noting it twice changes nothing. Throws AppError('forbidden'), AppError('not_found').
 */
export async function object(
  tx: TenantTx,
  scope: Scope,
  { who, reason }: { who: string; reason: string },
  now: Date,
  s: Stages = stages,
): Promise<Objection> {
  await mayDo(tx, scope, 'view_privacy', s);
  const person = await findPerson(tx, who, s);
  const [subject] = person;
  await mayAct(tx, scope, 'object', subject, s);
  const [known] = await s.privacy.objectionsOf(tx, person);
  if (known) return known;
  const objection = Objection.parse({
    id: newId('obj'),
    subject,
    reason,
    by: scope.actor.id,
    byName: scope.actor.name,
    at: toInstant(now),
    withdrawnAt: null,
  });
  await s.privacy.keepObjection(tx, objection);
  for (const waiting of await s.decisions.waitingFor(tx, person))
    await s.decisions.moveStatus(
      tx,
      scope,
      waiting,
      { from: ['open', 'snoozed', 'parked'], to: 'expired', reason: ended },
      now,
    );
  await s.decisions.removeScores(tx, person);
  await s.writeback.forgetScores(tx, person);
  await s.features.forgetRows(tx, person);
  await note(tx, scope, objection, 'made', now, s);
  return objection;
}

/** Ends an objection: the person is scored again with the next run. Throws AppError('forbidden' | 'not_found'). */
export async function withdrawObjection(
  tx: TenantTx,
  scope: Scope,
  id: string,
  now: Date,
  s: Stages = stages,
): Promise<void> {
  const objection = await s.privacy.endObjection(tx, id, { id: scope.actor.id, at: toInstant(now) });
  if (!objection) throw new AppError('not_found', 'There is no such objection in force.');
  await mayAct(tx, scope, 'object', objection.subject, s);
  await note(tx, scope, objection, 'withdrawn', now, s);
}

/** Keys of all records of the people who object to profiling. */
export async function objectedPeople(tx: TenantTx, s: Stages = stages): Promise<ReadonlySet<SubjectKey>> {
  const keys = new Set<SubjectKey>();
  for (const subject of await s.privacy.objectors(tx))
    for (const record of await allRecordsOf(tx, subject, s)) keys.add(subjectKey(record));
  return keys;
}

async function note(
  tx: TenantTx,
  scope: Scope,
  { id, subject, reason }: Objection,
  to: 'made' | 'withdrawn',
  now: Date,
  s: Stages,
): Promise<void> {
  await s.decisions.audit(tx, scope.actor.id, now, {
    kind: 'profiling-objection',
    decisionId: null,
    public: { objection: id, now: to },
    private: { subject, reason },
  });
  await enqueue(tx, 'sequence', {}, { key: tx.tenantId });
}
