import { sql } from 'drizzle-orm';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { keysFrom } from './store-keys.ts';
import { listed, subjectIn } from './store-when.ts';
import { ACTIVITIES } from './touch-of.ts';

/**
 * Of what something was learnt when versions of these records were: themselves, whom an activity is with, whomever a link
 * began or ended with at that time, what stands around a record that appeared or was archived then, and of all these the
 * companies and those who are the same. Whatever is known about anybody is read from records of which at least one is among them.
 */
export async function listConcerned(
  tx: TenantTx,
  refs: readonly Subject[],
  learntAt: Instant,
): Promise<Subject[]> {
  if (refs.length === 0) return [];
  const rows = await rowsOf(
    tx.sql,
    sql`
    with given as (
      select keys.*, keys.object in (${listed(ACTIVITIES)})
        or exists (select 1 from entities e
          where e.crm = keys.crm and e.object = keys.object and e.record_id = keys.record_id
            and e.first_learnt_at = ${learntAt}::timestamptz)
        or exists (select 1 from fact_sets f
          where f.crm = keys.crm and f.object = keys.object and f.record_id = keys.record_id
            and f.tells_archived and f.learnt_at = ${learntAt}::timestamptz) as all_around
      from ${keysFrom(refs)}
    ), near as (
      select x.crm, x.object, x.record_id from given g
      cross join lateral (
        select r.crm, r.to_object as object, r.to_id as record_id from relations r
        where r.crm = g.crm and r.object = g.object and r.record_id = g.record_id
          and (g.all_around or ${learntAt}::timestamptz in (r.learnt_at, r.ended_at))
        union all
        select r.crm, r.object, r.record_id from relations r
        where r.crm = g.crm and r.to_object = g.object and r.to_id = g.record_id
          and (g.all_around or ${learntAt}::timestamptz in (r.learnt_at, r.ended_at))
      ) x
      where x.object not in (${listed(ACTIVITIES)})
      union
      select g.crm, g.object, g.record_id from given g where g.object not in (${listed(ACTIVITIES)})
    )
    select crm, object, record_id from near
    union
    select s.other_crm, s.other_object, s.other_id from near n
      join identities s on s.crm = n.crm and s.object = n.object and s.record_id = n.record_id
      where s.ended_at is null or s.ended_at = ${learntAt}::timestamptz
    union
    select r.crm, r.to_object, r.to_id from near n
      join relations r on r.crm = n.crm and r.object = n.object and r.record_id = n.record_id
      where r.to_object = 'companies' and r.ended_at is null
    union
    select r.crm, r.object, r.record_id from near n
      join relations r on r.crm = n.crm and r.to_object = n.object and r.to_id = n.record_id
      where r.object = 'companies' and r.ended_at is null`,
  );
  return rows.map(row => subjectIn(row));
}
