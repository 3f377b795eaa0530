import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { insertRows, rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { identityReasons, type IdentityReason, type IdentityState } from '../graph-shapes.ts';
import { jsonRows, keysFrom } from '../store-keys.ts';
import { livedOn } from '../store-lives.ts';
import { instant, subjectIn, text, type Row } from '../store-when.ts';

/** What so many share marks nobody. */
const MOST_SHARING = 10;

/** A mark of a record: a key, or an e-mail address. */
export interface MarkOf {
  subject: Subject;
  mark: string;
}

const rowOf = ({ subject: { crm, object, id }, mark }: MarkOf, i: number) => ({
  i,
  key: mark,
  crm,
  object,
  record_id: id,
});
const marksFrom = (marks: readonly MarkOf[]) =>
  sql`jsonb_to_recordset(${jsonRows(marks.map(rowOf))}) as m(i int, key text, crm text, object text, record_id text)`;

export const saveKeys = (tx: TenantTx, keys: readonly MarkOf[]): Promise<void> =>
  insertRows(
    { columns: { key: 'text', crm: 'text', object: 'text', record_id: 'text' } },
    keys.map(({ mark, subject: { crm, object, id } }) => [{ key: mark, crm, object, record_id: id }]),
    rows =>
      tx.sql.execute(sql`insert into identity_keys (tenant_id, key, crm, object, record_id)
        select ${tx.tenantId}, r.* from ${rows} on conflict do nothing`),
  );

export async function removeKeys(tx: TenantTx, keys: readonly MarkOf[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.sql.execute(sql`delete from identity_keys k using ${marksFrom(keys)}
    where k.key = m.key and k.crm = m.crm and k.object = m.object and k.record_id = m.record_id`);
}

export type Pair = readonly [Subject, Subject];

/** Who else has these keys; a key that too many have is passed over. */
export async function listSharing(tx: TenantTx, keys: readonly MarkOf[]): Promise<Pair[]> {
  if (keys.length === 0) return [];
  const rows = await rowsOf(
    tx.sql,
    sql`select m.i, o.* from ${marksFrom(keys)} cross join lateral (
      select k.crm, k.object, k.record_id from identity_keys k where k.key = m.key limit ${MOST_SHARING + 1}) o`,
  );
  return pairsIn(keys, rows);
}

/** Who else has these e-mail addresses now; an address that too many have is passed over. */
export async function listSharingAddress(tx: TenantTx, addresses: readonly MarkOf[]): Promise<Pair[]> {
  if (addresses.length === 0) return [];
  const rows = await rowsOf(
    tx.sql,
    sql`select m.i, o.* from ${marksFrom(addresses)} cross join lateral (
      select e.crm, e.object, e.record_id from entities e
      where e.email_key = m.key and not e.archived
        and (e.object = 'contacts' or (e.object = 'leads' and e.crm <> 'hubspot'))
      limit ${MOST_SHARING + 1}) o`,
  );
  return pairsIn(addresses, rows);
}

function pairsIn(marks: readonly MarkOf[], rows: readonly Row[]): Pair[] {
  return [...Map.groupBy(rows, row => Number(row['i']))].flatMap(([i, group]) => {
    const subject = marks[i]?.subject;
    if (!subject || group.length > MOST_SHARING) return [];
    return group
      .map(row => subjectIn(row))
      .filter(other => subjectKey(other) !== subjectKey(subject))
      .map(other => [subject, other] as const);
  });
}

/** Records as they are now, those that are archived or live on as another left out. */
export async function listLiving(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<Map<SubjectKey, Fields>> {
  if (subjects.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`select e.crm, e.object, e.record_id, e.fields from ${keysFrom(subjects)}
      join entities e on e.crm = keys.crm and e.object = keys.object and e.record_id = keys.record_id
      where not e.archived and not exists (
        select 1 from relations r where r.crm = e.crm and r.object = e.object and r.record_id = e.record_id
          and ${livedOn} and r.ended_at is null)`,
  );
  return new Map(rows.map(row => [subjectKey(subjectIn(row)), Fields.parse(row['fields'])]));
}

const Fields = z.record(z.string(), z.string().nullable());
export type Fields = z.infer<typeof Fields>;

/** People and accounts that are not archived with their fields, in the order of kind and id. */
export async function listMarked(
  tx: TenantTx,
  { after, limit }: { after: Subject | null; limit: number },
): Promise<{ subject: Subject; fields: Fields }[]> {
  const behind = after
    ? sql`and (e.crm, e.object, e.record_id) > (${after.crm}, ${after.object}, ${after.id})`
    : sql``;
  const rows = await rowsOf(
    tx.sql,
    sql`select e.crm, e.object, e.record_id, e.fields from entities e
      where (e.object in ('contacts', 'companies') or (e.object = 'leads' and e.crm <> 'hubspot'))
        and not e.archived ${behind}
      order by e.crm, e.object, e.record_id limit ${limit}`,
  );
  return rows.map(row => ({ subject: subjectIn(row), fields: Fields.parse(row['fields']) }));
}

/** What is held of two records, from the side of `a`. */
export interface Held {
  a: Subject;
  b: Subject;
  state: IdentityState;
  reason: IdentityReason;
  confidence: number;
  by: string;
  learntAt: Instant;
}

const State = z.enum(['suggested', 'same', 'different']);

export function heldIn(row: Row): Held {
  return {
    a: subjectIn(row),
    b: subjectIn({ ...row, crm: row['other_crm'] }, 'other_object', 'other_id'),
    state: State.parse(row['state']),
    reason: z.enum(identityReasons).parse(row['reason']),
    confidence: Math.round(Number(row['confidence']) * 100) / 100,
    by: text(row['by']),
    learntAt: instant(row['learnt_at']),
  };
}

/** What is held of these now, from their side. */
export async function listHeld(tx: TenantTx, subjects: readonly Subject[]): Promise<Held[]> {
  if (subjects.length === 0) return [];
  const rows = await rowsOf(
    tx.sql,
    sql`select s.* from ${keysFrom(subjects)} join identities s
      on s.crm = keys.crm and s.object = keys.object and s.record_id = keys.record_id where s.ended_at is null`,
  );
  return rows.map(heldIn);
}

/** Whether anybody ever took records apart. */
export async function areSomeApart(tx: TenantTx): Promise<boolean> {
  const rows = await rowsOf(
    tx.sql,
    sql`select 1 from identities where state = 'different' and ended_at is null limit 1`,
  );
  return rows.length > 0;
}

const sidesOf = (a: Subject, b: Subject) =>
  [
    [a, b],
    [b, a],
  ].map(([one, other]) => ({
    crm: one?.crm,
    object: one?.object,
    record_id: one?.id,
    other_crm: other?.crm,
    other_object: other?.object,
    other_id: other?.id,
  }));

/** Ends what was held of pairs. */
export async function endHeld(tx: TenantTx, pairs: readonly Pair[], at: Instant): Promise<void> {
  if (pairs.length === 0) return;
  await tx.sql.execute(sql`update identities s set ended_at = greatest(${at}::timestamptz, s.learnt_at)
    from jsonb_to_recordset(${jsonRows(pairs.flatMap(([a, b]) => sidesOf(a, b)))})
      as p(crm text, object text, record_id text, other_crm text, other_object text, other_id text)
    where s.crm = p.crm and s.object = p.object and s.record_id = p.record_id and s.other_crm = p.other_crm
      and s.other_object = p.other_object and s.other_id = p.other_id and s.ended_at is null`);
}

/** Holds something of pairs from now on; of what was held at the same moment this is what counts. */
export const saveHeld = (tx: TenantTx, held: readonly Held[]): Promise<void> =>
  insertRows(
    {
      columns: {
        crm: 'text',
        object: 'text',
        record_id: 'text',
        other_crm: 'text',
        other_object: 'text',
        other_id: 'text',
        state: 'text',
        reason: 'text',
        confidence: 'real',
        by: 'text',
        learnt_at: 'timestamptz',
      },
    },
    held.flatMap(({ a, b, state, reason, confidence, by, learntAt }) =>
      sidesOf(a, b).map(side => [{ ...side, state, reason, confidence, by, learnt_at: learntAt }] as const),
    ),
    rows =>
      tx.sql
        .execute(sql`insert into identities (tenant_id, crm, object, record_id, other_crm, other_object, other_id,
          state, reason, confidence, by, learnt_at)
        select ${tx.tenantId}, r.* from ${rows}
        on conflict (tenant_id, crm, object, record_id, other_crm, other_object, other_id, learnt_at) do update set
          state = excluded.state, reason = excluded.reason, confidence = excluded.confidence, by = excluded.by,
          ended_at = null`),
  );
