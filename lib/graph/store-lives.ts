import { sql, type SQL } from 'drizzle-orm';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { keysFrom } from './store-keys.ts';
import { subjectIn, until, type When } from './store-when.ts';

/** Condition on a relation `r`: it held then. */
export const held = (when: When): SQL => sql`
  ${until(when, { 'as-learnt': 'r.learnt_at', 'as-recorded': 'r.valid_at' })}
  and (r.ended_at is null or r.ended_at > ${when.asOf}::timestamptz)`;

/**
 * Condition on a relation `r`: one record lives on as the other, in the words of `isSameBeing` (lib/core/record.ts).
 * Written out, not as parameters, so that the partial indexes are used.
 */
export const livedOn: SQL = sql.raw(`r.kind = 'became' and (r.object = r.to_object or (r.object = 'leads' and
  r.to_object = case r.crm when 'hubspot' then 'deals' else 'contacts' end))`);

/** No record is followed through more than this many others: what is read stays bounded whatever the CRM says. */
const MOST_LIVES = 100;

/**
 * The recursive table `lives(i, crm, object, record_id)`: each of some keys, and all that it was before, as known then.
 * Chains are followed to their end, and a circle is gone round once.
 */
export const livesOf = (keys: SQL, when: When): SQL => sql`
  lives(i, crm, object, record_id) as (
    select keys.i, keys.crm, keys.object, keys.record_id from ${keys}
    union
    select l.i, l.crm, earlier.object, earlier.record_id from lives l
    cross join lateral (
      select r.object, r.record_id from relations r
      where r.crm = l.crm and r.to_object = l.object and r.to_id = l.record_id and ${livedOn} and ${held(when)}
      limit ${MOST_LIVES}
    ) earlier
  )`;

/**
 * As `livesOf`, and with them the records that are the same person or account (lib/graph/identity): whatever the view,
 * only what was known by then.
 */
export const kinOf = (keys: SQL, when: When): SQL => sql`
  lives(i, crm, object, record_id) as (
    select keys.i, keys.crm, keys.object, keys.record_id from ${keys}
    union
    select l.i, other.crm, other.object, other.record_id from lives l
    cross join lateral (
      (select r.crm, r.object, r.record_id from relations r
      where r.crm = l.crm and r.to_object = l.object and r.to_id = l.record_id and ${livedOn} and ${held(when)}
      limit ${MOST_LIVES})
      union all
      (select s.other_crm, s.other_object, s.other_id from identities s
      where s.crm = l.crm and s.object = l.object and s.record_id = l.record_id and ${sameThen(when)}
      limit ${MOST_LIVES})
    ) other
  )`;

/** Condition on an identity `s`: both were held to be one. */
export const sameThen = ({ asOf }: When): SQL => sql`
  s.state = 'same' and s.learnt_at <= ${asOf}::timestamptz
  and (s.ended_at is null or s.ended_at > ${asOf}::timestamptz)`;

/** The record, all that it was before, and all that are the same person or account, theirs included. */
export async function listKin(tx: TenantTx, subject: Subject, when: When): Promise<Subject[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`with recursive ${kinOf(keysFrom([subject]), when)}
    select * from lives order by object, length(record_id), record_id`,
  );
  return rows.map(row => subjectIn(row));
}

/** What each was before, by subject, in the order of ids; those that were nothing else are left out. */
export async function listEarlier(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<Map<SubjectKey, Subject[]>> {
  if (subjects.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`with recursive ${livesOf(keysFrom(subjects), when)}
    select * from lives order by i, object, length(record_id), record_id`,
  );
  const earlier = new Map<SubjectKey, Subject[]>();
  for (const row of rows) {
    const subject = subjects[Number(row['i'])];
    if (!subject) continue;
    const life = subjectIn(row);
    if (subjectKey(life) === subjectKey(subject)) continue;
    earlier.set(subjectKey(subject), [...(earlier.get(subjectKey(subject)) ?? []), life]);
  }
  return earlier;
}

/**
 * As whom each lives on, by subject, where that is another one and known. Of a circle it is the one with the
 * smallest id, for all of them, so that everybody agrees.
 */
export async function listHeirs(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<Map<SubjectKey, Subject>> {
  if (subjects.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`with recursive later(i, crm, object, record_id, step) as (
      select keys.i, keys.crm, keys.object, keys.record_id, 0 from ${keysFrom(subjects)}
      union
      select l.i, l.crm, heir.to_object, heir.to_id, l.step + 1 from later l
      cross join lateral (
        select r.to_object, r.to_id from relations r
        where r.crm = l.crm and r.object = l.object and r.record_id = l.record_id and ${livedOn} and ${held(when)}
          and exists (
            select 1 from entities e where e.crm = r.crm and e.object = r.to_object and e.record_id = r.to_id
              and ${until(when, { 'as-learnt': 'e.first_learnt_at', 'as-recorded': 'e.created_at' })})
        order by r.learnt_at desc, length(r.to_id), r.to_id
        limit 1
      ) heir
      where l.step < ${MOST_LIVES}
    )
    select * from later where step > 0 order by i, step`,
  );
  const heirs = new Map<SubjectKey, Subject>();
  for (const [i, path] of Map.groupBy(rows, row => Number(row['i']))) {
    const subject = subjects[i];
    const heir =
      subject &&
      lastOf(
        subject,
        path.map(row => subjectIn(row)),
      );
    if (heir && subjectKey(heir) !== subjectKey(subject)) heirs.set(subjectKey(subject), heir);
  }
  return heirs;
}

/** Where a path ends; where it comes back on itself, the smallest of the circle. */
function lastOf(start: Subject, path: readonly Subject[]): Subject | undefined {
  const steps = [start, ...path];
  const places = new Map<SubjectKey, number>();
  for (const [at, step] of steps.entries()) {
    const before = places.get(subjectKey(step));
    if (before !== undefined) return steps.slice(before, at).sort(byId)[0];
    places.set(subjectKey(step), at);
  }
  return steps.at(-1);
}

const byId = (a: Subject, b: Subject): number =>
  a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
