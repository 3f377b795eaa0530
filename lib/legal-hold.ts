import { AppError } from '#lib/core/errors.ts';
import { LegalHold } from '#lib/core/privacy-records.ts';
import type { Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { findPerson } from './find-person.ts';
import { mayAct, mayDo } from './may.ts';
import { stages, type Stages } from './stages.ts';

/**
 * Puts a hold on a person: nothing of them is erased until it ends or is lifted. Throws AppError('forbidden'),
 * AppError('bad_input') for an end that is not ahead.
 */
export async function hold(
  tx: TenantTx,
  scope: Scope,
  { who, reason, endsAt }: { who: string; reason: string; endsAt: string },
  now: Date,
  s: Stages = stages,
): Promise<LegalHold> {
  await mayDo(tx, scope, 'view_privacy', s);
  // An erasure that is under way ends first, so that a hold is never put on what is gone.
  await s.ingest.holdStoring(tx);
  const [subject] = await findPerson(tx, who, s);
  await mayAct(tx, scope, 'hold', subject, s);
  if (!(Date.parse(endsAt) > now.getTime()))
    throw new AppError('bad_input', 'A legal hold needs an end that is ahead.');
  const put = LegalHold.parse({
    id: newId('hold'),
    subject,
    reason,
    by: scope.actor.id,
    byName: scope.actor.name,
    at: toInstant(now),
    endsAt: toInstant(endsAt),
    liftedAt: null,
  });
  await s.privacy.putHold(tx, put);
  await note(tx, scope, put, 'put', now, s);
  return put;
}

/** Lifts a hold before its end; erasures that waited for it are carried out. Throws AppError('forbidden' | 'not_found'). */
export async function liftHold(
  tx: TenantTx,
  scope: Scope,
  id: string,
  now: Date,
  s: Stages = stages,
): Promise<void> {
  const lifted = await s.privacy.endHold(tx, id, { id: scope.actor.id, at: toInstant(now) });
  if (!lifted) throw new AppError('not_found', 'There is no such legal hold in force.');
  await mayAct(tx, scope, 'hold', lifted.subject, s);
  await note(tx, scope, lifted, 'lifted', now, s);
  await enqueue(tx, 'erase', {}, { key: tx.tenantId });
}

async function note(
  tx: TenantTx,
  scope: Scope,
  { id, subject, reason, endsAt }: LegalHold,
  to: 'put' | 'lifted',
  now: Date,
  s: Stages,
): Promise<void> {
  await s.decisions.audit(tx, scope.actor.id, now, {
    kind: 'legal-hold',
    decisionId: null,
    public: { hold: id, now: to, endsAt },
    private: { subject, reason },
  });
  await enqueue(tx, 'sequence', {}, { key: tx.tenantId });
}
