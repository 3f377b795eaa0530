import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { inboundEvents, unsettledRecords } from '#drizzle/schema/ingest.ts';
import type { CrmEvent } from '#lib/core/record.ts';
import { Subject, subjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

const rowsAtOnce = 1000;

const columnsOf = ({ crm, object, id }: Subject) => ({ crm, object, recordId: id });

/**
 * Writes events, and answers with those that were not known. In the order of their keys, so that two deliveries of the
 * same events cannot block each other.
 */
export async function insertEvents(
  tx: TenantTx,
  events: readonly CrmEvent[],
  receivedAt: Instant,
): Promise<CrmEvent[]> {
  const byKey = new Map(events.map(event => [event.key, event]));
  const inOrder = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const rows = inOrder.map(event => ({
    tenantId: tx.tenantId,
    key: event.key,
    ...columnsOf(event.ref),
    event,
    receivedAt,
  }));
  const known: CrmEvent[] = [];
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const inserted = await tx.sql
      .insert(inboundEvents)
      .values(rows.slice(i, i + rowsAtOnce))
      .onConflictDoNothing()
      .returning({ key: inboundEvents.key });
    known.push(...inserted.flatMap(({ key }) => byKey.get(key) ?? []));
  }
  return known;
}

/**
 * Begins or prolongs the wait of some records, to `dueAt` but no longer than `longestMs` after it began. Answers with
 * the records whose wait began now. The order of the rows is fixed, so that two deliveries cannot block each other.
 */
export async function prolongWaits(
  tx: TenantTx,
  subjects: readonly Subject[],
  wait: { now: Instant; dueAt: Instant; longestMs: number },
): Promise<Subject[]> {
  const rows = [...new Map(subjects.map(subject => [subjectKey(subject), subject]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, subject]) => ({
      tenantId: tx.tenantId,
      ...columnsOf(subject),
      firstAt: wait.now,
      dueAt: wait.dueAt,
    }));
  const begun: Subject[] = [];
  const { dueAt, firstAt } = unsettledRecords;
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const written = await tx.sql
      .insert(unsettledRecords)
      .values(rows.slice(i, i + rowsAtOnce))
      .onConflictDoUpdate({
        target: [
          unsettledRecords.tenantId,
          unsettledRecords.crm,
          unsettledRecords.object,
          unsettledRecords.recordId,
        ],
        set: {
          dueAt: sql`greatest(${dueAt}, least(excluded.due_at, ${firstAt} + ${wait.longestMs}::float8 * interval '1 millisecond'))`,
        },
      })
      // A row that this statement inserted has no deleting transaction; one that it updated has.
      .returning({
        crm: unsettledRecords.crm,
        object: unsettledRecords.object,
        id: unsettledRecords.recordId,
        begun: sql<boolean>`(xmax = 0)`,
      });
    begun.push(...written.filter(row => row.begun).map(row => Subject.parse(row)));
  }
  return begun;
}

const ofRecord = (tx: TenantTx, { crm, object, id }: Subject) =>
  and(
    eq(unsettledRecords.tenantId, tx.tenantId),
    eq(unsettledRecords.crm, crm),
    eq(unsettledRecords.object, object),
    eq(unsettledRecords.recordId, id),
  );

/** Records whose wait was over by a time. */
export async function waitsDueBy(tx: TenantTx, time: Instant): Promise<Subject[]> {
  const rows = await tx.sql
    .select({ crm: unsettledRecords.crm, object: unsettledRecords.object, id: unsettledRecords.recordId })
    .from(unsettledRecords)
    .where(and(eq(unsettledRecords.tenantId, tx.tenantId), lte(unsettledRecords.dueAt, time)))
    .orderBy(asc(unsettledRecords.dueAt))
    .limit(rowsAtOnce);
  return rows.map(row => Subject.parse(row));
}

/** The record's wait, locked until the transaction ends. */
export async function lockWait(tx: TenantTx, subject: Subject): Promise<{ dueAt: Instant } | null> {
  const [row] = await tx.sql
    .select({ dueAt: unsettledRecords.dueAt })
    .from(unsettledRecords)
    .where(ofRecord(tx, subject))
    .for('update');
  return row ?? null;
}

export async function moveWait(
  tx: TenantTx,
  subject: Subject,
  times: { dueAt: Instant; firstAt?: Instant },
): Promise<void> {
  await tx.sql.update(unsettledRecords).set(times).where(ofRecord(tx, subject));
}

export async function endWait(tx: TenantTx, subject: Subject): Promise<void> {
  await tx.sql.delete(unsettledRecords).where(ofRecord(tx, subject));
}

/** Events of a record that nobody has dealt with, oldest first. */
export async function openEvents(tx: TenantTx, { crm, object, id }: Subject): Promise<CrmEvent[]> {
  const rows = await tx.sql
    .select({ event: inboundEvents.event })
    .from(inboundEvents)
    .where(
      and(
        eq(inboundEvents.tenantId, tx.tenantId),
        eq(inboundEvents.crm, crm),
        eq(inboundEvents.object, object),
        eq(inboundEvents.recordId, id),
        isNull(inboundEvents.takenAt),
      ),
    )
    .orderBy(asc(inboundEvents.receivedAt), asc(inboundEvents.key));
  return rows.map(({ event }) => event).sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
}

export async function markTaken(tx: TenantTx, keys: readonly string[], takenAt: Instant): Promise<void> {
  for (let i = 0; i < keys.length; i += rowsAtOnce)
    await tx.sql
      .update(inboundEvents)
      .set({ takenAt })
      .where(
        and(
          eq(inboundEvents.tenantId, tx.tenantId),
          inArray(inboundEvents.key, keys.slice(i, i + rowsAtOnce)),
        ),
      );
}

/** Those of some records that the CRM said were erased. */
export async function erasedAmong(
  tx: TenantTx,
  { crm, object }: Pick<Subject, 'crm' | 'object'>,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.sql
    .select({ id: inboundEvents.recordId })
    .from(inboundEvents)
    .where(
      and(
        eq(inboundEvents.tenantId, tx.tenantId),
        eq(inboundEvents.crm, crm),
        eq(inboundEvents.object, object),
        inArray(inboundEvents.recordId, [...ids]),
        sql`${inboundEvents.event} ->> 'kind' = 'erased'`,
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
