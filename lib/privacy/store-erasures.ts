import { and, asc, desc, eq } from 'drizzle-orm';
import { erasures } from '#drizzle/schema/privacy.ts';
import type { ErasureReceipt } from '#lib/core/erasure.ts';
import { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** An erasure that is to be done. */
export interface DueErasure {
  id: string;
  subject: Subject;
  personHash: string;
  origin: 'asked' | 'crm';
  by: string;
  at: Instant;
}

/** Notes that a person is to be erased, once; later askings join it. */
export async function insertDue(tx: TenantTx, { subject, ...rest }: DueErasure): Promise<void> {
  const { crm, object, id: recordId } = subject;
  await tx.sql
    .insert(erasures)
    .values({ tenantId: tx.tenantId, crm, object, recordId, ...rest, state: 'due' })
    .onConflictDoNothing();
}

/** What is to be done, oldest first. */
export async function listDue(tx: TenantTx): Promise<DueErasure[]> {
  const rows = await tx.sql
    .select()
    .from(erasures)
    .where(eq(erasures.state, 'due'))
    .orderBy(asc(erasures.at), asc(erasures.id));
  return rows.map(({ id, crm, object, recordId, personHash, origin, by, at }) => ({
    id,
    subject: Subject.parse({ crm, object, id: recordId }),
    personHash,
    origin,
    by,
    at,
  }));
}

/** Keeps the receipt, and forgets of whom it was. */
export async function settle(
  tx: TenantTx,
  erasure: Omit<DueErasure, 'subject'>,
  receipt: ErasureReceipt,
): Promise<void> {
  const done = {
    crm: null,
    object: null,
    recordId: null,
    state: 'done',
    doneAt: receipt.at,
    receipt,
  } as const;
  const { id, personHash } = erasure;
  await tx.sql.delete(erasures).where(and(eq(erasures.personHash, personHash), eq(erasures.state, 'due')));
  await tx.sql.delete(erasures).where(eq(erasures.id, id));
  await tx.sql.insert(erasures).values({ tenantId: tx.tenantId, ...erasure, ...done });
}

export interface ListedErasure {
  id: string;
  at: Instant;
  by: string;
  origin: 'asked' | 'crm';
  state: 'due' | 'done';
  /** Of one that is due. */
  subject: Subject | null;
  receipt: ErasureReceipt | null;
}

/** The newest first. */
export async function listErasures(tx: TenantTx, limit: number): Promise<ListedErasure[]> {
  const rows = await tx.sql.select().from(erasures).orderBy(desc(erasures.at)).limit(limit);
  return rows.map(({ id, at, by, origin, state, crm, object, recordId, receipt }) => ({
    id,
    at,
    by,
    origin,
    state,
    subject: crm === null ? null : Subject.parse({ crm, object, id: recordId }),
    receipt,
  }));
}
