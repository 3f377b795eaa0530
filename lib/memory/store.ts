import { and, asc, eq, gt, lte } from 'drizzle-orm';
import { memories } from '#drizzle/schema/memory.ts';
import { Memory } from '#lib/core/memory.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

export async function insertMemory(tx: TenantTx, { subject, ...memory }: Memory): Promise<void> {
  const { crm, object, id: recordId } = subject;
  await tx.sql.insert(memories).values({ tenantId: tx.tenantId, crm, object, recordId, ...memory });
}

export async function listMemories(tx: TenantTx, subject: Subject, asOf: Instant): Promise<Memory[]> {
  const rows = await tx.sql
    .select()
    .from(memories)
    .where(
      and(
        eq(memories.crm, subject.crm),
        eq(memories.object, subject.object),
        eq(memories.recordId, subject.id),
        lte(memories.at, asOf),
        gt(memories.expiresAt, asOf),
      ),
    )
    .orderBy(asc(memories.at), asc(memories.id));
  return rows.map(({ id, kind, text, author, at, expiresAt }) =>
    Memory.parse({ id, subject, kind, text, author, at, expiresAt }),
  );
}

export async function removeMemory(tx: TenantTx, id: string): Promise<boolean> {
  const gone = await tx.sql.delete(memories).where(eq(memories.id, id)).returning({ id: memories.id });
  return gone.length > 0;
}
