import { and, desc, eq, gt, isNull, lt, ne } from 'drizzle-orm';
import { launches, signIns } from '#drizzle/schema/sign-in.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

export type SignInRow = Omit<typeof signIns.$inferSelect, 'tenantId'>;
export type LaunchRow = Omit<typeof launches.$inferSelect, 'tenantId'>;

export async function insertSignIn(tx: TenantTx, row: SignInRow): Promise<void> {
  await tx.sql.insert(signIns).values({ tenantId: tx.tenantId, ...row });
}

/** Neither ended, nor over, nor unused since `idleSince`. */
const inForce = (now: Instant, idleSince: Instant) =>
  and(isNull(signIns.endedAt), gt(signIns.expiresAt, now), gt(signIns.lastUsedAt, idleSince));

export async function findSignIn(
  tx: TenantTx,
  tokenHash: string,
  now: Instant,
  idleSince: Instant,
): Promise<SignInRow | null> {
  const [row] = await tx.sql
    .select()
    .from(signIns)
    .where(and(eq(signIns.tokenHash, tokenHash), inForce(now, idleSince)));
  return row ?? null;
}

export async function touchSignIn(tx: TenantTx, tokenHash: string, now: Instant): Promise<void> {
  await tx.sql
    .update(signIns)
    .set({ lastUsedAt: now })
    .where(and(eq(signIns.tokenHash, tokenHash), lt(signIns.lastUsedAt, now)));
}

export const listSignIns = (tx: TenantTx, now: Instant, idleSince: Instant): Promise<SignInRow[]> =>
  tx.sql.select().from(signIns).where(inForce(now, idleSince)).orderBy(desc(signIns.lastUsedAt)).limit(200);

/** Ends those that are not ended yet; says whose they were. */
export async function endSignIns(
  tx: TenantTx,
  which: { id?: string; userId?: string; tokenHash?: string; but?: string },
  now: Instant,
): Promise<string[]> {
  const ended = await tx.sql
    .update(signIns)
    .set({ endedAt: now })
    .where(
      and(
        isNull(signIns.endedAt),
        which.id === undefined ? undefined : eq(signIns.id, which.id),
        which.userId === undefined ? undefined : eq(signIns.userId, which.userId),
        which.but === undefined ? undefined : ne(signIns.userId, which.but),
        which.tokenHash === undefined ? undefined : eq(signIns.tokenHash, which.tokenHash),
      ),
    )
    .returning({ userId: signIns.userId });
  return ended.map(({ userId }) => userId);
}

export async function insertLaunch(tx: TenantTx, row: LaunchRow): Promise<void> {
  await tx.sql.insert(launches).values({ tenantId: tx.tenantId, ...row });
}

/** Keeps a launch that is used up at once; false when it was there already. */
export async function insertUsedLaunch(tx: TenantTx, row: LaunchRow): Promise<boolean> {
  const inserted = await tx.sql
    .insert(launches)
    .values({ tenantId: tx.tenantId, ...row })
    .onConflictDoNothing()
    .returning({ tokenHash: launches.tokenHash });
  return inserted.length > 0;
}

/** Uses a launch up, and answers it to the one who did: of two at once, the second waits and finds it used. */
export async function takeLaunch(tx: TenantTx, tokenHash: string, now: Instant): Promise<LaunchRow | null> {
  const [row] = await tx.sql
    .update(launches)
    .set({ usedAt: now })
    .where(and(eq(launches.tokenHash, tokenHash), isNull(launches.usedAt), gt(launches.expiresAt, now)))
    .returning();
  return row ?? null;
}

/** Uses up what would still let these people in. */
export async function endLaunches(
  tx: TenantTx,
  whose: { userId?: string; but?: string },
  now: Instant,
): Promise<void> {
  await tx.sql
    .update(launches)
    .set({ usedAt: now })
    .where(
      and(
        isNull(launches.usedAt),
        whose.userId === undefined ? undefined : eq(launches.userId, whose.userId),
        whose.but === undefined ? undefined : ne(launches.userId, whose.but),
      ),
    );
}

/** Removes what can no longer let anybody in. */
export async function removeOver(tx: TenantTx, before: Instant): Promise<void> {
  await tx.sql.delete(launches).where(lt(launches.expiresAt, before));
  await tx.sql.delete(signIns).where(lt(signIns.expiresAt, before));
}
