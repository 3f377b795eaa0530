import { sql } from 'drizzle-orm';
import type { Erased, Whom } from '#lib/core/erasure.ts';
import type { HeldPart } from '#lib/core/held.ts';
import { patternOf } from '#lib/core/marks.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { redactRows } from '#lib/platform/store-redact.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { openRows } from './store-open-rows.ts';
import { redactVersions } from './store-redact.ts';
import { shred } from './data-keys.ts';
import { suppress } from './store-suppressed.ts';
import { among, countChanged } from '#lib/platform/store-among.ts';

/**
 * Removes every version of a person's records and of activities that were theirs alone, with the keys that sealed them;
 * takes what names them out of versions of other records; and remembers by hash that nothing of them may be stored again. A version that was changed keeps the
 * hash of what the CRM has, so that reading the same again does not bring it back.
 */
export async function erase(
  tx: TenantTx,
  whom: Whom,
  { at, sealingKey }: { at: Instant; sealingKey: SealingKey },
): Promise<Erased> {
  const { subjects, activities, shared, marks, nameParts } = whom;
  const own = sql`tenant_id = ${tx.tenantId}`;
  const pattern = patternOf(marks);
  const ofThem = patternOf([...marks, ...nameParts.map(text => ({ kind: 'name' as const, text }))]);
  const sharedKeys = new Set(shared.map(subjectKey));
  const patternFor = (ref: Subject): string | null => (sharedKeys.has(subjectKey(ref)) ? ofThem : pattern);
  const emails = marks.filter(({ kind }) => kind === 'email').map(({ text }) => text);
  const files = subjects.filter(({ crm }) => crm === 'csv');
  const keys = [...subjects.map(subjectKey), ...emails.map(email => `email:${email.toLowerCase()}`)];
  await suppress(tx, subjects, emails, at);
  const shredded = await shred(tx, subjects, at);
  const erased: Erased = {
    record_versions:
      (await countChanged(
        tx,
        sql`delete from record_versions where ${own} and ${among([...subjects, ...activities])}`,
      )) + (await redactVersions(tx, sealingKey, patternFor)),
    data_keys: shredded.keys,
    unsettled_records: await countChanged(
      tx,
      sql`delete from unsettled_records where ${own} and ${among(subjects)}`,
    ),
    import_keys: await countChanged(
      tx,
      sql`delete from import_keys where ${own} and (('csv', object, record_id) in (
        select k.crm, k.object, k.id from json_to_recordset(${JSON.stringify(files)}::text::json)
          as k(crm text, object text, id text))
        ${pattern === null ? sql`` : sql`or key ~* ${pattern}::text`})`,
    ),
    import_runs: await redactRows(tx, { table: 'import_runs', text: ['file_name'] }, pattern),
    import_mappings: await redactRows(tx, { table: 'import_mappings', text: ['file_name'] }, pattern),
    sent_events:
      (await countChanged(
        tx,
        sql`update sent_events set event = null, waits_for = null where ${own}
          and waits_for in (select json_array_elements_text(${JSON.stringify(keys)}::text::json))`,
      )) +
      (pattern === null
        ? 0
        : await countChanged(tx, sql`delete from sent_events where ${own} and id ~* ${pattern}::text`)) +
      (await redactRows(tx, { table: 'sent_events', json: ['event'] }, pattern)),
    inbound_events: await redactRows(tx, { table: 'inbound_events', json: ['event'] }, pattern),
    sync_states: await redactRows(tx, { table: 'sync_states', text: ['problem'] }, pattern),
  };
  return erased;
}

/** Everything that was read about a person. */
export async function held(
  tx: TenantTx,
  subjects: readonly Subject[],
  sealingKey: SealingKey,
): Promise<HeldPart[]> {
  const stored = await rowsOf(
    tx.sql,
    sql`select crm, object, record_id as id, version, updated_at, archived, key_id, sealed, record, raw
      from record_versions where tenant_id = ${tx.tenantId} and ${among(subjects)} order by learnt_at, version`,
  );
  const versions = (await openRows(tx, sealingKey, stored)).map(({ opened, ref, version, updatedAt }) => ({
    ...ref,
    version,
    updatedAt,
    ...(opened.state === 'open' && { record: opened.record, raw: opened.raw }),
  }));
  const events = await rowsOf(
    tx.sql,
    sql`select crm, object, record_id, event, received_at from inbound_events
      where tenant_id = ${tx.tenantId} and ${among(subjects)} order by received_at`,
  );
  const waiting = await rowsOf(
    tx.sql,
    sql`select id, received_at, event from sent_events where tenant_id = ${tx.tenantId}
      and waits_for in (select json_array_elements_text(${JSON.stringify(subjects.map(subjectKey))}::text::json))`,
  );
  const kept = 'Until the person is erased here or in the CRM.';
  return [
    {
      what: 'Versions of the record, as read',
      from: 'CRM or file',
      why: 'To show what was known when.',
      kept,
      rows: versions,
    },
    {
      what: 'Notices that the record changed',
      from: 'CRM',
      why: 'To act on each once.',
      kept,
      rows: events,
    },
    {
      what: 'Events of website and product that wait for the record',
      from: 'sent to Sidecard',
      why: 'To add them once the record is known.',
      kept,
      rows: waiting,
    },
  ];
}
