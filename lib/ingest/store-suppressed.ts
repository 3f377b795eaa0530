import { sql } from 'drizzle-orm';
import { suppressedPeople } from '#drizzle/schema/ingest.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import { isPerson, subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { CsvRow, ReadRecord } from '#lib/crm/crm.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { sha256 } from '#lib/platform/hash.ts';

const hashOfSubject = (tx: TenantTx, subject: Subject): string =>
  sha256(`${tx.tenantId}\n${subjectKey(subject)}`);
const hashOfEmail = (tx: TenantTx, email: string): string =>
  sha256(`${tx.tenantId}\nemail:${email.trim().toLowerCase()}`);

/**
 * Remembers, by hash alone, records and addresses of which nothing may be stored any more. An address counts for files
 * and for events about nobody who is known: in a CRM somebody may come back by their own choice, under a new record.
 */
export async function suppress(
  tx: TenantTx,
  subjects: readonly Subject[],
  emails: readonly string[],
  at: Instant,
): Promise<void> {
  const hashes = [
    ...subjects.map(subject => hashOfSubject(tx, subject)),
    ...emails.map(email => hashOfEmail(tx, email)),
  ];
  if (hashes.length === 0) return;
  await tx.sql
    .insert(suppressedPeople)
    .values([...new Set(hashes)].map(hash => ({ tenantId: tx.tenantId, hash, at })))
    .onConflictDoNothing();
}

/**
 * What may be stored of some records: nothing of people who were erased, and of what was said between them and others only
 * that it took place. Activities with nobody else are left out.
 */
export async function withoutSuppressed(tx: TenantTx, read: readonly ReadRecord[]): Promise<ReadRecord[]> {
  const people = read.map(({ record }) => ({ record, people: peopleIn(record) }));
  const wanted = [
    ...people.flatMap(one => one.people.map(person => hashOfSubject(tx, person))),
    ...read.flatMap(({ record }) => addressesIn(record).map(email => hashOfEmail(tx, email))),
  ];
  const known = await knownAmong(tx, wanted);
  if (known.size === 0) return [...read];
  const isOut = (subject: Subject): boolean => known.has(hashOfSubject(tx, subject));
  return read.flatMap(one => {
    const { record } = one;
    if (isOut(record.ref) || addressesIn(record).some(email => known.has(hashOfEmail(tx, email)))) return [];
    if (!activities.has(record.ref.object)) return [one];
    const [out, others] = [peopleIn(record).filter(isOut), peopleIn(record).filter(one => !isOut(one))];
    if (out.length === 0) return [one];
    return others.length === 0 ? [] : [wordless(one)];
  });
}

/** Rows of a file that neither are about somebody who was erased nor link to them by address. */
export async function withoutSuppressedRows(tx: TenantTx, rows: readonly CsvRow[]): Promise<CsvRow[]> {
  const addresses = ({ fields, links }: CsvRow): string[] => [
    ...(fields['email'] ? [fields['email']] : []),
    ...links.filter(({ by }) => by === 'email').map(({ key }) => key),
  ];
  const known = await knownAmong(
    tx,
    rows.flatMap(row => addresses(row).map(email => hashOfEmail(tx, email))),
  );
  return known.size === 0
    ? [...rows]
    : rows.filter(row => !addresses(row).some(email => known.has(hashOfEmail(tx, email))));
}

/** Which of these were erased. Until the transaction ends, nobody else of them is. */
export async function erasedOf(tx: TenantTx, subjects: readonly Subject[]): Promise<Set<SubjectKey>> {
  const known = await knownAmong(
    tx,
    subjects.map(subject => hashOfSubject(tx, subject)),
  );
  return new Set(subjects.filter(subject => known.has(hashOfSubject(tx, subject))).map(subjectKey));
}

/** Which of these addresses were an erased person's. Until the transaction ends, nobody else of them is erased. */
export async function erasedAddresses(tx: TenantTx, emails: readonly string[]): Promise<Set<string>> {
  const known = await knownAmong(
    tx,
    emails.map(email => hashOfEmail(tx, email)),
  );
  return new Set(emails.filter(email => known.has(hashOfEmail(tx, email))));
}

/** Waits until nobody stores what they read before an erasure, and keeps all from it until the transaction ends. */
export const holdStoring = (tx: TenantTx) =>
  tx.sql.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`erase ${tx.tenantId}`}, 0))`);

const activities: ReadonlySet<string> = new Set(['emails', 'calls', 'meetings', 'notes', 'tasks']);

const peopleIn = ({ ref, links }: CrmRecord): Subject[] =>
  [ref, ...(activities.has(ref.object) ? links.map(link => link.to) : [])].filter(isPerson);

const addressesIn = ({ ref, fields }: CrmRecord): string[] =>
  ref.crm === 'csv' && isPerson(ref) && fields['email'] ? [fields['email']] : [];

/** Names of fields that say when, by whom of ours and how, and nothing in words. */
const plain =
  /^(?:hs_timestamp|hs_createdate|hs_lastmodifieddate|hubspot_owner_id|sidecard_.+|.*_(?:status|direction|disposition|outcome|duration|start_time|end_time|type|priority))$/;

const wordless = ({ record }: ReadRecord): ReadRecord => ({
  record: {
    ...record,
    fields: Object.fromEntries(
      Object.entries(record.fields).map(([name, value]) => [name, plain.test(name) ? value : null]),
    ),
    history: record.history.filter(({ field }) => plain.test(field)),
  },
  raw: { erased: true },
});

async function knownAmong(tx: TenantTx, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  // Whoever looks before an erasure commits, and stores after it, would bring the person back.
  await tx.sql.execute(
    sql`select pg_advisory_xact_lock_shared(hashtextextended(${`erase ${tx.tenantId}`}, 0))`,
  );
  const rows = await rowsOf(
    tx.sql,
    sql`select hash from suppressed_people where tenant_id = ${tx.tenantId}
      and hash = any(string_to_array(${[...new Set(hashes)].join(',')}, ','))`,
  );
  return new Set(rows.map(row => String(row['hash'])));
}
