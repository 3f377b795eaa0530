import { and, desc, eq, isNull } from 'drizzle-orm';
import { failures } from '#drizzle/schema/jobs.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';

export interface Failure {
  at: string;
  what: string;
  where: string;
  text: string;
}

/** Leaves word of work that was given up, where operations see it. */
export async function reportFailure(tx: TenantTx, failure: Failure): Promise<void> {
  await tx.sql
    .insert(failures)
    .values({ tenantId: tx.tenantId, id: newId('fail'), ...failure, text: failure.text.slice(0, 1000) });
}

/** Newest first. */
export const openFailures = (tx: TenantTx, limit = 50): Promise<Failure[]> =>
  tx.sql
    .select({ at: failures.at, what: failures.what, where: failures.where, text: failures.text })
    .from(failures)
    .where(isNull(failures.resolvedAt))
    .orderBy(desc(failures.at))
    .limit(limit);

/** What failed of a kind of work that has now succeeded is no longer anybody's concern. */
export async function resolveFailures(tx: TenantTx, what: string, at: Instant): Promise<void> {
  await tx.sql
    .update(failures)
    .set({ resolvedAt: at })
    .where(and(eq(failures.what, what), isNull(failures.resolvedAt)));
}
