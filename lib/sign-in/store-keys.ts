import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import { launchKeys } from '#drizzle/schema/sign-in.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

export type KeyRow = Omit<typeof launchKeys.$inferSelect, 'tenantId'>;
type Purpose = KeyRow['purpose'];

const inForce = (purpose: Purpose) => and(eq(launchKeys.purpose, purpose), isNull(launchKeys.endedAt));

export async function insertKey(tx: TenantTx, row: KeyRow): Promise<void> {
  await tx.sql.insert(launchKeys).values({ tenantId: tx.tenantId, ...row });
}

export async function isInForce(tx: TenantTx, purpose: Purpose, tokenHash: string): Promise<boolean> {
  const found = await tx.sql
    .select({ id: launchKeys.id })
    .from(launchKeys)
    .where(and(eq(launchKeys.tokenHash, tokenHash), inForce(purpose)));
  return found.length > 0;
}

/** Notes the use of a key in force, where the last one noted is not after `since`; false when there is none such. */
export async function noteKeyUse(
  tx: TenantTx,
  purpose: Purpose,
  tokenHash: string,
  now: Instant,
  since?: Instant,
): Promise<boolean> {
  const stale =
    since === undefined ? undefined : or(isNull(launchKeys.lastUsedAt), lt(launchKeys.lastUsedAt, since));
  const used = await tx.sql
    .update(launchKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(launchKeys.tokenHash, tokenHash), inForce(purpose), stale))
    .returning({ id: launchKeys.id });
  return used.length > 0;
}

export const listKeys = (tx: TenantTx, purpose: Purpose): Promise<KeyRow[]> =>
  tx.sql.select().from(launchKeys).where(inForce(purpose)).orderBy(desc(launchKeys.madeAt));

/** Ends one key of a purpose, or with null all; says how many. */
export async function endKeys(
  tx: TenantTx,
  purpose: Purpose,
  id: string | null,
  now: Instant,
): Promise<number> {
  const ended = await tx.sql
    .update(launchKeys)
    .set({ endedAt: now })
    .where(and(inForce(purpose), id === null ? undefined : eq(launchKeys.id, id)))
    .returning({ id: launchKeys.id });
  return ended.length;
}
