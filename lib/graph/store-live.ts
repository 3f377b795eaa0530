import { sql } from 'drizzle-orm';
import type { CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { jsonRows, keysFrom } from './store-keys.ts';
import { subjectIn } from './store-when.ts';

/** Those of which the CRM has a record, as far as is known now. */
export async function listLive(tx: TenantTx, subjects: readonly Subject[]): Promise<Set<SubjectKey>> {
  if (subjects.length === 0) return new Set();
  const rows = await rowsOf(
    tx.sql,
    sql`select e.crm, e.object, e.record_id from ${keysFrom(subjects)}
      join entities e on e.crm = keys.crm and e.object = keys.object and e.record_id = keys.record_id
      where not e.archived`,
  );
  return new Set(rows.map(row => subjectKey(subjectIn(row))));
}

/** Fields of Sidecard's own, in every CRM, and what a CRM notes of any change whatever. */
const ours = '^sidecard_';
const anyChange =
  '^(hs_)?lastmodified(date|byid)$|^systemmodstamp$|^hs_object_source_?|^hs_updated_by_user_id$';

/** Those of some versions that tell nothing new but our own fields: what came of our own writing. */
export async function listOnlyOurs(tx: TenantTx, records: readonly CrmRecord[]): Promise<Set<SubjectKey>> {
  if (records.length === 0) return new Set();
  const versions = records.map(({ ref, version }) => ({
    crm: ref.crm,
    object: ref.object,
    record_id: ref.id,
    version,
  }));
  const rows = await rowsOf(
    tx.sql,
    sql`select f.crm, f.object, f.record_id
      from jsonb_to_recordset(${jsonRows(versions)}) as v(crm text, object text, record_id text, version text)
      join fact_sets f on f.crm = v.crm and f.object = v.object and f.record_id = v.record_id
        and f.version = v.version
      cross join lateral json_array_elements(f.values) told
      where not told.value ->> 0 ~* ${anyChange}
      group by 1, 2, 3 having bool_and(told.value ->> 0 ~* ${ours})`,
  );
  return new Set(rows.map(row => subjectKey(subjectIn(row))));
}
