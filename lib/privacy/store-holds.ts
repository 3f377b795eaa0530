import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { legalHolds } from '#drizzle/schema/privacy.ts';
import type { LegalHold } from '#lib/core/privacy-records.ts';
import { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { among } from '#lib/platform/store-among.ts';

const holdOf = (row: typeof legalHolds.$inferSelect): LegalHold => ({
  id: row.id,
  subject: Subject.parse({ crm: row.crm, object: row.object, id: row.recordId }),
  reason: row.reason,
  by: row.by,
  byName: row.byName,
  at: row.at,
  endsAt: row.endsAt,
  liftedAt: row.liftedAt,
});

export async function insertHold(tx: TenantTx, hold: Omit<LegalHold, 'liftedAt'>): Promise<void> {
  const { subject, ...rest } = hold;
  const { crm, object, id: recordId } = subject;
  await tx.sql.insert(legalHolds).values({ tenantId: tx.tenantId, crm, object, recordId, ...rest });
}

/** Holds on any of these records that are in force, the one that ends last first. */
export async function holdsOn(
  tx: TenantTx,
  subjects: readonly Subject[],
  now: Instant,
): Promise<LegalHold[]> {
  if (subjects.length === 0) return [];
  const rows = await tx.sql
    .select()
    .from(legalHolds)
    .where(and(among(subjects), isNull(legalHolds.liftedAt), gt(legalHolds.endsAt, now)))
    .orderBy(desc(legalHolds.endsAt));
  return rows.map(holdOf);
}

/** All holds, the newest first. */
export const listHolds = async (tx: TenantTx, limit: number): Promise<LegalHold[]> =>
  (await tx.sql.select().from(legalHolds).orderBy(desc(legalHolds.at)).limit(limit)).map(holdOf);

/** Ends a hold that is in force; null when there is none of that id. */
export async function endHold(
  tx: TenantTx,
  id: string,
  by: { id: string; at: Instant },
): Promise<LegalHold | null> {
  const [row] = await tx.sql
    .update(legalHolds)
    .set({ liftedAt: by.at, liftedBy: by.id })
    .where(and(eq(legalHolds.id, id), isNull(legalHolds.liftedAt)))
    .returning();
  return row ? holdOf(row) : null;
}
