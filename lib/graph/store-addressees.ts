import { sql } from 'drizzle-orm';
import { erasedField } from '#lib/core/record.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { jsonRows, keysFrom } from './store-keys.ts';
import { livedOn } from './store-lives.ts';
import { subjectIn, text } from './store-when.ts';

/** What is known of a record: `gone` where the CRM deleted it, `erased` where it did so for good. */
export type Standing = 'live' | 'gone' | 'erased';

/** Those of which anything is known, by subject. */
export async function listStandings(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<Map<SubjectKey, Standing>> {
  if (subjects.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`select e.crm, e.object, e.record_id, e.archived, e.fields ->> ${erasedField} = 'true' as erased
      from ${keysFrom(subjects)}
      join entities e on e.crm = keys.crm and e.object = keys.object and e.record_id = keys.record_id`,
  );
  return new Map(
    rows.map(row => [
      subjectKey(subjectIn(row)),
      row['erased'] === true ? 'erased' : row['archived'] === true ? 'gone' : 'live',
    ]),
  );
}

/** People whom the CRM has under these addresses (lower case) now, by address; who lives on as somebody else is left out. */
export async function listByEmail(tx: TenantTx, emails: readonly string[]): Promise<Map<string, Subject[]>> {
  if (emails.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`select wanted.email as wanted, e.crm, e.object, e.record_id
      from jsonb_to_recordset(${jsonRows([...new Set(emails)].map(email => ({ email })))}) as wanted(email text)
      join entities e on e.email_key = wanted.email and not e.archived
        and (e.object = 'contacts' or (e.object = 'leads' and e.crm <> 'hubspot'))
      where not exists (
        select 1 from relations r where r.crm = e.crm and r.object = e.object and r.record_id = e.record_id
          and ${livedOn} and r.ended_at is null)
      order by e.crm, e.object, e.record_id`,
  );
  const found = Map.groupBy(rows, row => text(row['wanted']));
  return new Map([...found].map(([email, group]) => [email, group.map(row => subjectIn(row))]));
}
