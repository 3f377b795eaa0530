import { eq } from 'drizzle-orm';
import { featureRebuilds } from '#drizzle/schema/features.ts';
import { parseSubjectKey, subjectKey, type Subject } from '#lib/core/subject.ts';
import { HOUR_MS, toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** One that was cut off longer ago than this begins again: its first rows are too old by now. */
const RESUMABLE_HOURS = 12;

/** Where deriving everybody anew with this schema goes on: after nobody, unless it was cut off. */
export async function openRebuild(
  tx: TenantTx,
  schema: string,
  now: Instant,
): Promise<{ startedAt: Instant; after: Subject | null; rows: number }> {
  const [known] = await tx.sql.select().from(featureRebuilds).where(eq(featureRebuilds.schema, schema));
  const oldest = toInstant(Date.parse(now) - RESUMABLE_HOURS * HOUR_MS);
  if (!known || known.startedAt < oldest) return { startedAt: now, after: null, rows: 0 };
  return { startedAt: known.startedAt, after: parseSubjectKey(known.after), rows: known.rows };
}

/** Notes how far it has come, in the transaction that stores the rows. */
export async function saveRebuild(
  tx: TenantTx,
  schema: string,
  { startedAt, after, rows }: { startedAt: Instant; after: Subject; rows: number },
): Promise<void> {
  const state = { startedAt, after: subjectKey(after), rows };
  await tx.sql
    .insert(featureRebuilds)
    .values({ tenantId: tx.tenantId, schema, ...state })
    .onConflictDoUpdate({ target: [featureRebuilds.tenantId, featureRebuilds.schema], set: state });
}

export const endRebuild = (tx: TenantTx, schema: string) =>
  tx.sql.delete(featureRebuilds).where(eq(featureRebuilds.schema, schema));
