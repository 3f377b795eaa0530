import { sql, type SQL } from 'drizzle-orm';
import type { Erased, Whom } from '#lib/core/erasure.ts';
import { patternOf } from '#lib/core/marks.ts';
import { erasedField } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { redactRows } from '#lib/platform/store-redact.ts';
import { ARCHIVED } from './learn-record.ts';
import { keysFrom } from './store-keys.ts';

/** Condition that three columns name one of the subjects. */
const among = (subjects: readonly Subject[], columns = 'crm, object, record_id'): SQL =>
  sql`(${sql.raw(columns)}) in (select keys.crm, keys.object, keys.record_id from ${keysFrom(subjects)})`;

async function remove(tx: TenantTx, table: string, where: SQL): Promise<number> {
  const rows = await rowsOf(
    tx.sql,
    sql`delete from ${sql.raw(table)} where tenant_id = ${tx.tenantId} and (${where}) returning 1 as one`,
  );
  return rows.length;
}

/**
 * Removes what is known of a person: their record but for its place, their values, relations, activities that were theirs
 * alone, and what they did elsewhere. What names them is taken out of all else.
 */
export async function erase(tx: TenantTx, whom: Whom, at: Instant): Promise<Erased> {
  const { subjects, activities, shared, marks, nameParts } = whom;
  const gone = [...subjects, ...activities];
  const pattern = patternOf(marks);
  const ofThem = patternOf([...marks, ...nameParts.map(text => ({ kind: 'name' as const, text }))]);
  const emptied = await rowsOf(
    tx.sql,
    sql`update entities set name = object || ' ' || record_id, email = null, owner_id = null, archived = true,
        version = 'erased', updated_at = ${at}::timestamptz, fields = ${JSON.stringify({ [erasedField]: 'true' })}::json
      where tenant_id = ${tx.tenantId} and ${among(subjects)} returning 1 as one`,
  );
  const factSets =
    (await remove(tx, 'fact_sets', among(subjects))) + (await redactRows(tx, words.fact_sets, pattern));
  await tellErased(tx, subjects, at);
  const other = (columns: string) => among(gone, columns);
  return {
    entities: emptied.length + (await redactRows(tx, words.entities, pattern)),
    fact_sets: factSets,
    touches:
      (await remove(tx, 'touches', among(activities))) +
      (await redactRows(tx, words.touches, ofThem, among(shared))) +
      (await redactRows(tx, words.touches, pattern)),
    relations: await remove(tx, 'relations', sql`${among(gone)} or ${other('crm, to_object, to_id')}`),
    identities: await remove(
      tx,
      'identities',
      sql`${among(gone)} or ${other('other_crm, other_object, other_id')}`,
    ),
    identity_keys: await remove(tx, 'identity_keys', among(gone)),
    interactions:
      (await remove(tx, 'interactions', among(subjects))) +
      (await redactRows(tx, words.interactions, pattern)),
  };
}

/** All that is known from now on: that they are no more. */
async function tellErased(tx: TenantTx, subjects: readonly Subject[], at: Instant): Promise<void> {
  const since = Date.parse(at);
  const values = [
    [ARCHIVED, 'true', since],
    [erasedField, 'true', since],
  ];
  await tx.sql.execute(
    sql`insert into fact_sets
        (tenant_id, crm, object, record_id, learnt_at, version, record_at, tells_archived, values)
      select ${tx.tenantId}, e.crm, e.object, e.record_id, ${at}::timestamptz, 'erased', ${at}::timestamptz, true,
        ${JSON.stringify(values)}::text::json
      from entities e where e.tenant_id = ${tx.tenantId} and ${among(subjects, 'e.crm, e.object, e.record_id')}
      on conflict do nothing`,
  );
}

const words = {
  entities: { table: 'entities', text: ['name', 'email'], json: ['fields'] },
  fact_sets: { table: 'fact_sets', json: ['values'] },
  touches: { table: 'touches', text: ['title', 'body'] },
  interactions: { table: 'interactions', json: ['properties'] },
} as const;
