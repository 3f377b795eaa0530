import { and, eq, gte, inArray, isNull } from 'drizzle-orm';
import { decisions, sentEmails } from '#drizzle/schema/decisions.ts';
import type { Evidence } from '#lib/core/evidence.ts';
import { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { SentMatch } from './match-sent.ts';
import { isAbout } from './store.ts';

/** A suggested e-mail that was approved and that no e-mail in the CRM is known of. */
export interface Unsent {
  decisionId: string;
  subject: Subject;
  draft: { subject: string; body: string };
  at: Instant;
  ownerId: string | null;
  /** What the draft and its reasons rest on. */
  evidence: Evidence[];
}

/** Those about these subjects that were suggested since a time. */
export async function unsentFor(
  tx: TenantTx,
  subjects: readonly Subject[],
  since: Instant,
): Promise<Unsent[]> {
  const rows = await tx.sql
    .select({
      id: decisions.id,
      crm: decisions.crm,
      object: decisions.object,
      recordId: decisions.recordId,
      suggestion: decisions.suggestion,
      at: decisions.createdAt,
    })
    .from(decisions)
    .leftJoin(sentEmails, eq(sentEmails.decisionId, decisions.id))
    .where(
      and(
        isAbout(decisions, subjects),
        inArray(decisions.status, ['approved', 'applied']),
        gte(decisions.createdAt, since),
        isNull(sentEmails.decisionId),
      ),
    )
    .orderBy(decisions.createdAt);
  return rows.flatMap(({ id, crm, object, recordId, suggestion, at }) => {
    if (suggestion.outcome !== 'propose') return [];
    const task = suggestion.changes.find(change => change.kind === 'task');
    if (task?.channel !== 'email' || !task.draft) return [];
    const evidence = [...suggestion.claims, ...suggestion.why].flatMap(claim => claim.evidence);
    const subject = Subject.parse({ crm, object, id: recordId });
    return [{ decisionId: id, subject, draft: task.draft, at, ownerId: task.ownerId, evidence }];
  });
}

/** Which of these e-mails are known to come from a suggestion, with its decision. */
export async function suggestionsOf(
  tx: TenantTx,
  emails: readonly Subject[],
): Promise<{ email: Subject; decisionId: string }[]> {
  const rows = await tx.sql.select().from(sentEmails).where(isAbout(sentEmails, emails));
  return rows.map(({ crm, object, recordId, decisionId }) => ({
    email: Subject.parse({ crm, object, id: recordId }),
    decisionId,
  }));
}

/** Keeps what was sent; false when the e-mail, or another one for the decision, is known already. */
export async function insertSent(
  tx: TenantTx,
  email: { ref: Subject; at: Instant },
  { decisionId, edited, reasons }: SentMatch,
): Promise<boolean> {
  const { crm, object, id: recordId } = email.ref;
  const rows = await tx.sql
    .insert(sentEmails)
    .values({
      tenantId: tx.tenantId,
      decisionId,
      crm,
      object,
      recordId,
      at: email.at,
      edited,
      reasons,
    })
    .onConflictDoNothing()
    .returning({ decisionId: sentEmails.decisionId });
  return rows.length > 0;
}
