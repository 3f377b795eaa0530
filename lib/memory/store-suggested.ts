import { and, eq, gt, isNull, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { memories } from '#drizzle/schema/memory.ts';
import { storableText } from '#lib/core/storable.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { concerns, type Recalled } from './store.ts';

const newest = alias(memories, 'newest');

/**
 * Whether an answer has suggested these words before, about these records or privately to these holders, whatever became
 * of it: it waits, was confirmed in other words, or was turned down or forgotten. What has expired may be asked again.
 * Only yes or no leaves here, so that what was forgotten stays unread.
 */
export async function hasSuggested(
  tx: TenantTx,
  about: Recalled,
  text: string,
  now: Instant,
): Promise<boolean> {
  const found = await tx.sql
    .select({ id: memories.id })
    .from(memories)
    .innerJoin(
      newest,
      and(eq(newest.tenantId, memories.tenantId), eq(newest.id, memories.id), isNull(newest.endedAt)),
    )
    .where(
      and(
        sql`${memories.source} ->> 'kind' = 'answer'`,
        ne(memories.state, 'forgotten'),
        sql`lower(${memories.text}) = lower(${storableText(text)})`,
        sql`${memories.kind} not in ('rejected-suggestion', 'snoozed')`,
        or(isNull(newest.expiresAt), gt(newest.expiresAt, now)),
        concerns(about),
      ),
    )
    .limit(1);
  return found.length > 0;
}
