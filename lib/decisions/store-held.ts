import { asc, inArray, sql } from 'drizzle-orm';
import { answers, auditLog, auditPrivate, decisions, scores, sentEmails } from '#drizzle/schema/decisions.ts';
import type { HeldPart } from '#lib/core/held.ts';
import type { Subject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { isAbout } from './store.ts';

/** Everything that was decided about a person, with what people said to it and what the ledger keeps of it. */
export async function held(tx: TenantTx, subjects: readonly Subject[]): Promise<HeldPart[]> {
  const decided = await tx.sql
    .select()
    .from(decisions)
    .where(isAbout(decisions, subjects))
    .orderBy(asc(decisions.createdAt));
  const ids = decided.length === 0 ? [''] : decided.map(({ id }) => id);
  const said = await tx.sql.select().from(answers).where(inArray(answers.decisionId, ids));
  const sent = await tx.sql.select().from(sentEmails).where(inArray(sentEmails.decisionId, ids));
  const scored = await tx.sql
    .select()
    .from(scores)
    .where(isAbout(scores, subjects))
    .orderBy(asc(scores.scoredAt));
  const entries = await rowsOf(
    tx.sql,
    sql`select l.id, l.at, l.kind, l.actor, p.value from ${auditLog} l join ${auditPrivate} p on p.audit_id = l.id
      where l.tenant_id = ${tx.tenantId} and l.decision_id in (${sql.join(
        ids.map(id => sql`${id}`),
        sql`, `,
      )}) order by l.at`,
  );
  const kept = 'Until the person is erased here or in the CRM.';
  const from = 'made by Sidecard';
  return [
    {
      what: 'Suggestions, with all that they rest on',
      from,
      why: 'To show and repeat why something was suggested.',
      kept,
      rows: decided,
    },
    {
      what: 'What people said to suggestions',
      from: 'users of Sidecard',
      why: 'To carry it out and to learn from it.',
      kept,
      rows: said,
    },
    {
      what: 'Sent e-mails that came from suggestions',
      from: 'CRM',
      why: 'To see what became of a suggestion.',
      kept,
      rows: sent,
    },
    {
      what: 'Scores, with their reasons',
      from,
      why: 'To show who to call first, and why.',
      kept,
      rows: scored,
    },
    { what: 'Entries of the ledger', from, why: 'To prove what was decided and done.', kept, rows: entries },
  ];
}
