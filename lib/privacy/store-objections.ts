import { and, desc, eq, isNull } from 'drizzle-orm';
import { objections } from '#drizzle/schema/privacy.ts';
import type { Objection } from '#lib/core/privacy-records.ts';
import { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { among } from '#lib/platform/store-among.ts';

const objectionOf = (row: typeof objections.$inferSelect): Objection => ({
  id: row.id,
  subject: Subject.parse({ crm: row.crm, object: row.object, id: row.recordId }),
  reason: row.reason,
  by: row.by,
  byName: row.byName,
  at: row.at,
  withdrawnAt: row.withdrawnAt,
});

/** False when the person objected already. */
export async function insertObjection(
  tx: TenantTx,
  { subject, withdrawnAt: _, ...rest }: Objection,
): Promise<boolean> {
  const { crm, object, id: recordId } = subject;
  const rows = await tx.sql
    .insert(objections)
    .values({ tenantId: tx.tenantId, crm, object, recordId, ...rest })
    .onConflictDoNothing()
    .returning({ id: objections.id });
  return rows.length > 0;
}

/** Objections of any of these records that are in force, the newest first. */
export async function objectionsOf(tx: TenantTx, subjects: readonly Subject[]): Promise<Objection[]> {
  if (subjects.length === 0) return [];
  const rows = await tx.sql
    .select()
    .from(objections)
    .where(and(isNull(objections.withdrawnAt), among(subjects)))
    .orderBy(desc(objections.at));
  return rows.map(objectionOf);
}

/** Whose objections are in force. */
export async function listObjectors(tx: TenantTx): Promise<Subject[]> {
  const rows = await tx.sql
    .select({ crm: objections.crm, object: objections.object, id: objections.recordId })
    .from(objections)
    .where(isNull(objections.withdrawnAt));
  return rows.map(row => Subject.parse(row));
}

/** All objections, the newest first. */
export const listObjections = async (tx: TenantTx, limit: number): Promise<Objection[]> =>
  (await tx.sql.select().from(objections).orderBy(desc(objections.at)).limit(limit)).map(objectionOf);

/** Ends an objection; null when there is none of that id in force. */
export async function endObjection(
  tx: TenantTx,
  id: string,
  by: { id: string; at: Instant },
): Promise<Objection | null> {
  const [row] = await tx.sql
    .update(objections)
    .set({ withdrawnAt: by.at, withdrawnBy: by.id })
    .where(and(eq(objections.id, id), isNull(objections.withdrawnAt)))
    .returning();
  return row ? objectionOf(row) : null;
}
