import type { Facts } from '#lib/core/fact.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { subjectKey } from '#lib/core/subject.ts';
import type { Unsent } from '#lib/decisions/decisions.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Stages } from './stages.ts';

/**
 * Finds among a person's e-mails in the CRM those that came from suggestions, and keeps them with these: a person sends
 * what we drafted from their own mailbox, and the CRM logs it as any other. `unsent`: suggestions about this person.
 */
export async function matchSent(
  tx: TenantTx,
  about: Facts,
  unsent: readonly Unsent[],
  s: Stages,
): Promise<void> {
  if (unsent.length === 0) return;
  const emails = about.touches.filter(({ channel, at }) => channel === 'email' && at <= about.asOf);
  const sent = emails.filter(({ direction, ourChange }) => direction === 'out' && ourChange === null);
  const known = await s.decisions.suggestionsOf(
    tx,
    sent.map(touch => touch.ref),
  );
  const isKnown = new Set(known.map(one => subjectKey(one.email)));
  let open = unsent.map(one => ({ ...one, threadIds: threadsOf(one, emails) }));
  for (const { ref, at, title, body, threadId, ownerId } of sent.toReversed()) {
    if (isKnown.has(subjectKey(ref))) continue;
    // That the CRM links it to this person says more than an address.
    const match = s.decisions.matchSentEmail({ ref, at, subject: title, body, threadId, ownerId }, open);
    if (!match) continue;
    await s.decisions.keepSent(tx, serviceScope(tx.tenantId), { ref, at }, match);
    open = open.filter(one => one.decisionId !== match.decisionId);
  }
}

/** The conversations that a draft rests on. */
const threadsOf = ({ evidence }: Unsent, emails: Facts['touches']): string[] =>
  emails.flatMap(({ ref, threadId }) =>
    threadId !== null && evidence.some(({ id, object }) => id === ref.id && object === ref.object)
      ? [threadId]
      : [],
  );
