import type { HeldPart } from '#lib/core/held.ts';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import { findPerson } from './find-person.ts';
import type { Flow } from './flow.ts';
import { mayAct, mayDo } from './may.ts';
import { stages, type Stages } from './stages.ts';

/** Everything that is held about a person, for them to read. */
export interface AccessExport {
  /** Keys of all records that the person is or was. */
  person: string[];
  madeAt: Instant;
  purpose: string;
  parts: HeldPart[];
}

const purpose =
  'Sidecard supports salespeople in their CRM: it scores leads, suggests follow-ups and keeps why. Everything that it holds about the person is below, with where it comes from, why it is held and for how long.';

/**
 * Answers an access request: every stage hands out what it holds about the person, and the ledger keeps that it was handed
 * out. Throws AppError('forbidden'), AppError('not_found').
 */
export async function accessRequest(
  flow: Flow,
  scope: Scope,
  who: string,
  s: Stages = stages,
): Promise<AccessExport> {
  const now = flow.now();
  return flow.db.tenant(scope.tenantId, async tx => {
    await mayDo(tx, scope, 'view_privacy', s);
    const person = await findPerson(tx, who, s);
    await mayAct(tx, scope, 'access', person[0], s);
    const decisionIds = await s.decisions.decisionsAbout(tx, person);
    const all = [
      ...(await s.graph.held(tx, person)),
      ...(await s.ingest.held(tx, person, flow.sealingKey)),
      ...(await s.features.held(tx, person)),
      ...(await s.decisions.held(tx, person)),
      ...(await s.writeback.held(tx, person, decisionIds)),
      ...(await s.memory.held(tx, person)),
      ...(await s.privacy.held(tx, person)),
    ];
    const parts = all.filter(({ rows }) => rows.length > 0);
    await s.decisions.audit(tx, scope.actor.id, now, {
      kind: 'person-accessed',
      decisionId: null,
      public: { parts: parts.length, rows: parts.reduce((sum, { rows }) => sum + rows.length, 0) },
      private: { subject: person[0] },
    });
    await enqueue(tx, 'sequence', {}, { key: tx.tenantId });
    return { person: person.map(subjectKey), madeAt: toInstant(now), purpose, parts };
  });
}
