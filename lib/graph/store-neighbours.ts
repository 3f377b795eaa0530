import { sql, type SQL } from 'drizzle-orm';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { ARCHIVED } from './learn-record.ts';
import { keysFrom } from './store-keys.ts';
import { factWhen, instant, listed, subjectIn, until, type When } from './store-when.ts';

/** Condition on an entity `e`: it existed then and was not archived. */
const existed = (when: When): SQL => sql`
  ${until(when, { 'as-learnt': 'e.first_learnt_at', 'as-recorded': 'e.created_at' })}
  and coalesce((
    select f.value from facts f
    where f.crm = e.crm and f.object = e.object and f.record_id = e.record_id and f.name = ${ARCHIVED}
      and ${factWhen(when, 'f')}
    order by f.valid_at desc, f.learnt_at desc limit 1), '') <> 'true'`;

/** Condition on a relation `r`: it held then. */
export const held = (when: When): SQL => sql`
  ${until(when, { 'as-learnt': 'r.learnt_at', 'as-recorded': 'r.valid_at' })}
  and (r.ended_at is null or r.ended_at > ${when.asOf}::timestamptz)`;

/** Which of these were known then, with their creation; archived ones too. */
export async function listKnown(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<{ subject: Subject; createdAt: Instant }[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`
    select e.crm, e.object, e.record_id, e.created_at from ${keysFrom(subjects)}
    join entities e on e.crm = keys.crm and e.object = keys.object and e.record_id = keys.record_id
    where ${until(when, { 'as-learnt': 'e.first_learnt_at', 'as-recorded': 'e.created_at' })}
    order by keys.i`,
  );
  return rows.map(row => ({ subject: subjectIn(row), createdAt: instant(row['created_at']) }));
}

/** `subject` was related to `of`. */
export interface Neighbour {
  of: Subject;
  subject: Subject;
}

/**
 * Records of some kinds that were related to each of these, whichever side named the other, at most `limit` of a
 * kind for each: primary relations first, then by id. Those that did not exist then, or were archived, are left out.
 */
export async function listNeighbours(
  tx: TenantTx,
  subjects: readonly Subject[],
  objects: readonly CrmObject[],
  limit: number,
  when: When,
): Promise<Neighbour[]> {
  if (subjects.length === 0) return [];
  const rows = await rowsOf(
    tx.sql,
    sql`
    with sides as (
      select k.crm, k.object, k.record_id, o.object as other, o.id as other_id,
        bool_or(o.kind ilike '%primary%') as main
      from (select distinct crm, object, record_id from ${keysFrom(subjects)}) k
      cross join lateral (
        select r.to_object as object, r.to_id as id, r.kind from relations r
        where r.crm = k.crm and r.object = k.object and r.record_id = k.record_id
          and r.to_object in (${listed(objects)}) and ${held(when)}
        union all
        select r.object, r.record_id, r.kind from relations r
        where r.crm = k.crm and r.to_object = k.object and r.to_id = k.record_id
          and r.object in (${listed(objects)}) and ${held(when)}
      ) o
      group by 1, 2, 3, 4, 5
    ), ranked as (
      select s.*, row_number() over (
        partition by s.crm, s.object, s.record_id, s.other order by s.main desc, length(s.other_id), s.other_id
      ) as n
      from sides s
      cross join lateral (
        select 1 from entities e
        where e.crm = s.crm and e.object = s.other and e.record_id = s.other_id and ${existed(when)}
        limit 1
      ) found
    )
    select crm, object, record_id, other, other_id from ranked where n <= ${limit}
    order by crm, object, record_id, other, n`,
  );
  return rows.map(row => ({ of: subjectIn(row), subject: subjectIn(row, 'other', 'other_id') }));
}
