import { sql, type SQL } from 'drizzle-orm';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { ARCHIVED } from './learn-record.ts';
import { keysFrom } from './store-keys.ts';
import { held, kinOf, livedOn, livesOf } from './store-lives.ts';
import { instant, listed, subjectIn, until, type When } from './store-when.ts';

/** Condition on an entity `e`: it existed then and was not archived. */
const existed = (when: When): SQL => sql`
  ${until(when, { 'as-learnt': 'e.first_learnt_at', 'as-recorded': 'e.created_at' })}
  and coalesce((
    select told.value ->> 1 from fact_sets f cross join lateral json_array_elements(f.values) told
    where f.crm = e.crm and f.object = e.object and f.record_id = e.record_id and f.tells_archived
      and told.value ->> 0 = ${ARCHIVED}
      and ${until(when, { 'as-learnt': 'f.learnt_at', 'as-recorded': 'to_timestamp((told.value ->> 2)::float8 / 1000)' })}
    order by (told.value ->> 2)::float8 desc, f.learnt_at desc, f.version desc limit 1), '') <> 'true'`;

/** Which of these were known then, with the creation of the first that they were; archived ones too. */
export async function listKnown(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<{ subject: Subject; createdAt: Instant }[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`
    with recursive ${livesOf(keysFrom(subjects), when)}
    select l.i, min(e.created_at) as created_at, bool_or((l.object, l.record_id) = (keys.object, keys.record_id)) as known
    from lives l
    join ${keysFrom(subjects)} on keys.i = l.i
    cross join lateral (
      select e.created_at from entities e
      where e.crm = l.crm and e.object = l.object and e.record_id = l.record_id
        and ${until(when, { 'as-learnt': 'e.first_learnt_at', 'as-recorded': 'e.created_at' })}
      limit 1
    ) e
    group by l.i order by l.i`,
  );
  return rows.flatMap(row => {
    const subject = subjects[Number(row['i'])];
    return subject && row['known'] === true ? [{ subject, createdAt: instant(row['created_at']) }] : [];
  });
}

/** `subject` was related to `of`. */
export interface Neighbour {
  of: Subject;
  subject: Subject;
}

/**
 * Records of some kinds that were related to each of these, whichever side named the other, at most `limit` of a
 * kind for each: primary relations first, then by id. Those that did not exist then, or were archived, are left out.
 * What a record was before is related as it is, so are those that are the same as it, and one that lives on as another
 * stands for that one.
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
    with recursive ${kinOf(keysFrom(subjects), when)}, reached(i, crm, other, other_id, main) as (
      select l.i, l.crm, o.object, o.id, o.kind ilike '%primary%'
      from lives l
      cross join lateral (
        select r.to_object as object, r.to_id as id, r.kind from relations r
        where r.crm = l.crm and r.object = l.object and r.record_id = l.record_id
          and r.to_object in (${listed(objects)}) and ${held(when)} and not (${livedOn})
        union all
        select r.object, r.record_id, r.kind from relations r
        where r.crm = l.crm and r.to_object = l.object and r.to_id = l.record_id
          and r.object in (${listed(objects)}) and ${held(when)} and not (${livedOn})
      ) o
      union
      select n.i, n.crm, heir.to_object, heir.to_id, n.main from reached n
      cross join lateral (
        select r.to_object, r.to_id from relations r
        where r.crm = n.crm and r.object = n.other and r.record_id = n.other_id and ${livedOn} and ${held(when)}
        limit 1
      ) heir
    ), sides as (
      select i, crm, other, other_id, bool_or(main) as main from reached group by 1, 2, 3, 4
    ), ranked as (
      select s.*, row_number() over (
        partition by s.i, s.other order by s.main desc, length(s.other_id), s.other_id
      ) as n
      from sides s
      cross join lateral (
        select 1 from entities e
        where e.crm = s.crm and e.object = s.other and e.record_id = s.other_id and ${existed(when)}
        limit 1
      ) found
      where not exists (
        select 1 from relations r
        where r.crm = s.crm and r.object = s.other and r.record_id = s.other_id and ${livedOn} and ${held(when)})
    )
    select i, crm, other, other_id from ranked where n <= ${limit} order by i, other, n`,
  );
  return rows.flatMap(row => {
    const of = subjects[Number(row['i'])];
    return of ? [{ of, subject: subjectIn(row, 'other', 'other_id') }] : [];
  });
}
