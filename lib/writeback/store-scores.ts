import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { writtenScores } from '#drizzle/schema/writeback.ts';
import type { Band } from '#lib/core/score.ts';
import { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { ScoreRow } from '#lib/crm/writer.ts';
import type { TenantTx } from '#lib/platform/db.ts';

const { tenantId, crm, object, recordId, due } = writtenScores;
const target = [tenantId, crm, object, recordId];

const rowOf = (tx: TenantTx, { subject, score, band, scoredAt }: ScoreRow) => ({
  tenantId: tx.tenantId,
  crm: subject.crm,
  object: subject.object,
  recordId: subject.id,
  score,
  band,
  scoredAt,
});

/**
 * Keeps scores that the CRM is to show, each if it is not older than what is kept; says whether any of them is far
 * enough from what the CRM shows to be written.
 */
export async function wantScores(tx: TenantTx, rows: readonly ScoreRow[]): Promise<boolean> {
  let any = false;
  for (let from = 0; from < rows.length; from += 500) {
    const kept = await tx.sql
      .insert(writtenScores)
      .values(rows.slice(from, from + 500).map(row => rowOf(tx, row)))
      .onConflictDoUpdate({
        target,
        set: {
          score: sql`excluded.score`,
          band: sql`excluded.band`,
          scoredAt: sql`excluded.scored_at`,
        },
        setWhere: sql`${writtenScores.scoredAt} <= excluded.scored_at`,
      })
      .returning({ due });
    any ||= kept.some(row => row.due);
  }
  return any;
}

/** Scores that the CRM does not show yet, in the order of their records. */
export async function dueScores(tx: TenantTx, of: Subject['crm'], limit: number): Promise<ScoreRow[]> {
  const rows = await tx.sql
    .select()
    .from(writtenScores)
    .where(and(eq(tenantId, tx.tenantId), eq(crm, of), due))
    .orderBy(asc(object), asc(recordId))
    .limit(limit);
  return rows.map(row => ({
    subject: Subject.parse({ crm: row.crm, object: row.object, id: row.recordId }),
    score: row.score,
    band: row.band,
    scoredAt: row.scoredAt,
  }));
}

/** Gives a person who has no score of their own yet the one of who they were before. */
export async function passOnScores(tx: TenantTx, rows: readonly ScoreRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql
    .insert(writtenScores)
    .values(rows.map(row => rowOf(tx, row)))
    .onConflictDoNothing({ target });
}

/** Keeps nothing more of these: there is no such record to write to. */
export async function forgetScores(tx: TenantTx, subjects: readonly Subject[]): Promise<void> {
  if (subjects.length === 0) return;
  const gone = subjects.map(one => ({ subject: one }));
  await tx.sql.execute(
    sql`delete from ${writtenScores} where ${isIn(gone)} and ${tenantId} = ${tx.tenantId}`,
  );
}

/** Notes what the CRM confirmed. A score that moved meanwhile stays due. */
export async function confirmScores(tx: TenantTx, rows: readonly ScoreRow[], at: Instant): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql.execute(sql`update ${writtenScores} w
    set written_score = r.score, written_band = r.band, written_at = ${at}::timestamptz,
      refused_score = null, refused_band = null, refused_at = null, problem = null
    from ${told(rows)} where ${sameRecord(tx)}`);
}

/** A score that the CRM did not take, with its words. */
export type RefusedScore = Pick<ScoreRow, 'subject' | 'score'> & { band: Band; words: string };

/** Notes what the CRM did not take, and why. */
export async function refuseScores(tx: TenantTx, rows: readonly RefusedScore[], at: Instant): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql.execute(sql`update ${writtenScores} w
    set refused_score = r.score, refused_band = r.band, refused_at = ${at}::timestamptz, problem = r.words
    from ${told(rows)} where ${sameRecord(tx)}`);
}

type Told = { subject: Subject; score?: number; band?: string; words?: string };

const told = (rows: readonly Told[]): SQL =>
  sql`json_to_recordset(${JSON.stringify(
    rows.map(({ subject, score, band, words }) => ({
      crm: subject.crm,
      object: subject.object,
      record_id: subject.id,
      score,
      band,
      words,
    })),
  )}::text::json) as r(crm text, object text, record_id text, score int, band text, words text)`;

const sameRecord = (tx: TenantTx): SQL =>
  sql`w.tenant_id = ${tx.tenantId} and w.crm = r.crm and w.object = r.object and w.record_id = r.record_id`;

const isIn = (rows: readonly Told[]): SQL =>
  sql`(${crm}, ${object}, ${recordId}) in (select r.crm, r.object, r.record_id from ${told(rows)})`;
