import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import {
  answers,
  auditLog,
  auditPrivate,
  decisions,
  latestScores,
  scores,
  sentEmails,
} from '#drizzle/schema/decisions.ts';
import type { Lineage } from '#lib/core/decision.ts';
import { erasedText, type Erased, type Whom } from '#lib/core/erasure.ts';
import { forgetting, type Forgetting } from '#lib/core/forget-evidence.ts';
import { patternOf, redact } from '#lib/core/marks.ts';
import type { Suggestion } from '#lib/core/proposal.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { hashOf } from '#lib/platform/hash.ts';
import { changeRows, matches, redactRows } from '#lib/platform/store-redact.ts';
import { isAbout } from './store.ts';

const reason = 'The person was erased, and what was suggested with them.';

/**
 * Empties decisions about a person to that there was one, and takes the person out of decisions about others. What the
 * ledger committed to of both is removed with its salt: the tree stays as it is and proves that there was an entry.
 */
export async function erase(tx: TenantTx, whom: Whom, at: Instant): Promise<Erased> {
  const way = forgetting(whom);
  const pattern = patternOf(whom.marks);
  const own = await emptyDecisions(tx, whom.subjects, at);
  const others = await changeDecisions(tx, own, way, at);
  const gone = [...whom.subjects, ...whom.activities];
  const changed = [...own, ...others];
  const scored = { text: [], json: ['score'] };
  const json = { pattern: way.pattern, text: (value: string) => value, json: way.forget };
  return {
    decisions: changed.length,
    answers:
      (await silenceAnswers(tx, own)) +
      (await redactRows(tx, { table: 'answers', text: ['reason'] }, pattern)),
    sent_emails:
      (await countOf(
        tx.sql
          .delete(sentEmails)
          .where(or(inArray(sentEmails.decisionId, none(own)), isAbout(sentEmails, gone)))
          .returning({ id: sentEmails.decisionId }),
      )) + (await redactRows(tx, { table: 'sent_emails', json: ['reasons'] }, pattern)),
    scores:
      (await countOf(
        tx.sql.delete(scores).where(isAbout(scores, whom.subjects)).returning({ id: scores.recordId }),
      )) + (await changeRows(tx, { table: 'scores', ...scored }, json)),
    latest_scores:
      (await removeScores(tx, whom.subjects)) +
      (await changeRows(tx, { table: 'latest_scores', ...scored }, json)),
    runs: await redactRows(tx, { table: 'runs', text: ['problem'] }, pattern),
    audit_private: await forgetCommitments(tx, changed, whom.subjects, pattern),
  };
}

/** Every decision about these subjects. */
export const decisionsAbout = async (tx: TenantTx, subjects: readonly Subject[]): Promise<string[]> =>
  (
    await tx.sql
      .select({ id: decisions.id })
      .from(decisions)
      .where(isAbout(decisions, subjects))
      .orderBy(decisions.id)
  ).map(({ id }) => id);

/** Takes the newest scores of some people away; the history says what was. */
export const removeScores = (tx: TenantTx, subjects: readonly Subject[]): Promise<number> =>
  countOf(
    tx.sql
      .delete(latestScores)
      .where(isAbout(latestScores, subjects))
      .returning({ id: latestScores.recordId }),
  );

const countOf = async (rows: PromiseLike<unknown[]>): Promise<number> => (await rows).length;
/** No statement takes an empty list. */
const none = (ids: readonly string[]): string[] => (ids.length === 0 ? [''] : [...ids]);

async function emptyDecisions(tx: TenantTx, subjects: readonly Subject[], at: Instant): Promise<string[]> {
  const rows = await tx.sql
    .select()
    .from(decisions)
    .where(isAbout(decisions, subjects))
    .orderBy(decisions.id)
    .for('update');
  for (const { id, suggestion, lineage, statusReason } of rows) {
    const { agent, task, subject } = suggestion;
    const empty: Suggestion = { outcome: 'abstain', agent, task, subject, reason, why: [] };
    await tx.sql
      .update(decisions)
      .set({
        suggestion: empty,
        lineage: emptied(lineage, empty),
        changesHash: null,
        statusReason: statusReason === null ? null : reason,
        updatedAt: at,
      })
      .where(eq(decisions.id, id));
  }
  return rows.map(({ id }) => id);
}

/** When, by which release and on whose word: nothing of the person. */
const emptied = (
  { trigger, release, mode, asOf, reading, features }: Lineage,
  nothing: Suggestion,
): Lineage => ({
  trigger,
  release,
  mode,
  asOf,
  reading,
  facts: [],
  memories: [],
  touchesThisWeek: 0,
  features: { ...features, features: {} },
  score: null,
  shield: [],
  modelCalls: [],
  proposed: nothing,
  checks: [],
  suggestion: nothing,
  verdicts: [],
});

async function changeDecisions(
  tx: TenantTx,
  own: readonly string[],
  way: Forgetting,
  at: Instant,
): Promise<string[]> {
  if (way.pattern === null) return [];
  const isNamed: SQL = sql`(${matches(sql`${decisions.suggestion}::text`, way.pattern)}
    or ${matches(sql`${decisions.lineage}::text`, way.pattern)}
    or ${matches(sql`coalesce(${decisions.statusReason}, '')`, way.pattern)})`;
  const found = await tx.sql
    .select({ id: decisions.id })
    .from(decisions)
    .where(isNamed)
    .orderBy(decisions.id);
  const changed: string[] = [];
  for (const { id } of found) {
    const [row] = await tx.sql.select().from(decisions).where(eq(decisions.id, id)).for('update');
    if (!row || own.includes(id)) continue;
    const suggestion = way.forget(row.suggestion) as Suggestion;
    const forgotten = way.forget(row.lineage) as Lineage;
    if (hashOf([row.suggestion, row.lineage]) === hashOf([suggestion, forgotten])) continue;
    // A model's reply may say in other words what it was told.
    const lineage = {
      ...forgotten,
      modelCalls: forgotten.modelCalls.map(call => ({ ...call, reply: erasedText })),
    };
    const changesHash = suggestion.outcome === 'propose' ? hashOf(suggestion.changes) : null;
    const statusReason = row.statusReason && redact(row.statusReason, way.pattern);
    await tx.sql
      .update(decisions)
      .set({ suggestion, lineage, changesHash, statusReason, updatedAt: at })
      .where(eq(decisions.id, id));
    changed.push(id);
  }
  return changed;
}

const silenceAnswers = (tx: TenantTx, ids: readonly string[]): Promise<number> =>
  countOf(
    tx.sql
      .update(answers)
      .set({ reason: erasedText })
      .where(and(inArray(answers.decisionId, none(ids)), sql`${answers.reason} is not null`))
      .returning({ id: answers.decisionId }),
  );

async function forgetCommitments(
  tx: TenantTx,
  decisionIds: readonly string[],
  subjects: readonly Subject[],
  pattern: string | null,
): Promise<number> {
  const isNamed = subjects.map(
    ({ crm, object, id }) => sql`jsonb_path_exists(${auditPrivate.value},
      '$.** ? (@.crm == $crm && @.object == $object && @.id == $id)', ${JSON.stringify({ crm, object, id })}::jsonb)`,
  );
  const rows = await rowsOf(
    tx.sql,
    sql`delete from ${auditPrivate} where ${auditPrivate.tenantId} = ${tx.tenantId} and (
      ${auditPrivate.auditId} in (select ${auditLog.id} from ${auditLog}
        where ${inArray(auditLog.decisionId, none(decisionIds))})
      ${isNamed.length > 0 ? sql`or ${sql.join(isNamed, sql` or `)}` : sql``}
      ${pattern === null ? sql`` : sql`or ${matches(sql`${auditPrivate.value}::text`, pattern)}`}) returning 1 as one`,
  );
  return rows.length;
}
