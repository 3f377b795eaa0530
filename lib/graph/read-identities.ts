import { sql } from 'drizzle-orm';
import { parseSubjectKey, subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import type { Identity, IdentityState } from './graph-shapes.ts';
import { nodeOf } from './relate/scene.ts';
import { whyOf } from './same/judge-pair.ts';
import { heldIn, type Held } from './same/store-same.ts';
import { keysFrom } from './store-keys.ts';
import { sameThen } from './store-lives.ts';
import { readNewest } from './store-values.ts';
import type { When } from './store-when.ts';

const MOST = 200;

/**
 * What was held at a time of a record, and of those that are the same as it: who is or may be the same, and who was said to
 * be somebody else. The surest first.
 */
export const duplicatesOf = (tx: TenantTx, subject: Subject, asOf: Instant): Promise<Identity[]> =>
  duplicatesAmong(tx, [subject], asOf);

/** `duplicatesOf` for many at once, each pair once. */
export async function duplicatesAmong(
  tx: TenantTx,
  subjects: readonly Subject[],
  asOf: Instant,
): Promise<Identity[]> {
  if (subjects.length === 0) return [];
  const when: When = { asOf, view: 'as-learnt' };
  const rows = await rowsOf(
    tx.sql,
    sql`with recursive group_of(crm, object, record_id) as (
      select keys.crm, keys.object, keys.record_id from ${keysFrom(subjects)}
      union
      select s.other_crm, s.other_object, s.other_id from group_of g
      join identities s on s.crm = g.crm and s.object = g.object and s.record_id = g.record_id and ${sameThen(when)}
    )
    select s.* from group_of g
    join identities s on s.crm = g.crm and s.object = g.object and s.record_id = g.record_id
      and s.learnt_at <= ${asOf}::timestamptz and (s.ended_at is null or s.ended_at > ${asOf}::timestamptz)
    order by s.confidence desc, s.other_id limit ${MOST}`,
  );
  return named(tx, rows.map(heldIn), when);
}

/** What is held of all records at a time, the newest first, each pair once. */
export async function listIdentities(
  tx: TenantTx,
  { state, limit, asOf }: { state?: IdentityState; limit: number; asOf: Instant },
): Promise<Identity[]> {
  const when: When = { asOf, view: 'as-learnt' };
  const rows = await rowsOf(
    tx.sql,
    sql`select s.* from identities s
      where (s.crm, s.object, s.record_id) < (s.other_crm, s.other_object, s.other_id)
        ${state === undefined ? sql`` : sql`and s.state = ${state}`}
        and s.learnt_at <= ${asOf}::timestamptz and (s.ended_at is null or s.ended_at > ${asOf}::timestamptz)
      order by s.learnt_at desc, s.record_id, s.other_id limit ${Math.min(limit, MOST)}`,
  );
  return named(tx, rows.map(heldIn), when);
}

async function named(tx: TenantTx, held: readonly Held[], when: When): Promise<Identity[]> {
  const pairs = new Map(held.map(one => [[subjectKey(one.a), subjectKey(one.b)].sort().join('\n'), one]));
  const subjects = [...new Set([...pairs.values()].flatMap(({ a, b }) => [subjectKey(a), subjectKey(b)]))];
  const known = await readNewest(tx, subjects.map(parseSubjectKey), when);
  return [...pairs.values()].map(({ a, b, state, reason, confidence, by, learntAt }) => ({
    a: nodeOf({ known }, a),
    b: nodeOf({ known }, b),
    state,
    reason,
    why: whyOf(reason),
    confidence,
    by,
    at: learntAt,
  }));
}
