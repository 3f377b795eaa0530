import { becameKind, erasedField, isSameBeing, type CrmRecord } from '#lib/core/record.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { askFor } from './ask-for-decisions.ts';
import { eraseSoon } from './erase.ts';
import type { Flow } from './flow.ts';
import type { Stages } from './stages.ts';

const deleted = 'The record was deleted in the CRM.';
const erased = 'This person’s data was deleted for good in the CRM.';

/**
 * What it means for earlier suggestions that records are no more: one that lives on as another is soon decided about as
 * that one, with all that was known of both; about one that was deleted nothing waits any longer. A person whom
 * the CRM erased is erased here too, soon.
 */
export async function carryOver(
  tx: TenantTx,
  records: readonly CrmRecord[],
  flow: Flow,
  s: Stages,
): Promise<void> {
  const heirs = new Map<string, Subject>();
  for (const record of records) {
    const heir = heirIn(record);
    if (heir) heirs.set(subjectKey(heir), heir);
    else if (record.archived && isDecidedAbout(record.ref)) await end(tx, record, flow, s);
  }
  for (const heir of heirs.values()) if (isDecidedAbout(heir)) await askFor(tx, heir, [], flow);
}

const isDecidedAbout = (ref: Subject): boolean =>
  isPerson(ref) || ref.object === 'deals' || ref.object === 'leads';

const heirIn = ({ ref, links }: CrmRecord): Subject | undefined =>
  links.find(link => link.kind === becameKind && isSameBeing(ref, link.to))?.to;

async function end(tx: TenantTx, { ref, fields }: CrmRecord, flow: Flow, s: Stages): Promise<void> {
  const now = flow.now();
  const scope = serviceScope(tx.tenantId);
  const isErased = fields[erasedField] === 'true';
  // What it was before goes with it.
  const lives = await s.graph.livesOf(tx, ref, toInstant(now));
  for (const waiting of await s.decisions.waitingFor(tx, lives))
    await s.decisions.moveStatus(
      tx,
      scope,
      waiting,
      { from: ['open', 'snoozed', 'parked'], to: 'expired', reason: isErased ? erased : deleted },
      now,
    );
  await s.writeback.forgetScores(tx, lives);
  if (isErased) await eraseSoon(tx, ref, flow, s);
}
