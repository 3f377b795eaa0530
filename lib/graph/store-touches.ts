import { sql, type SQL } from 'drizzle-orm';
import { Channel, Touch } from '#lib/core/fact.ts';
import type { Subject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { jsonRows } from './store-keys.ts';
import { held, livesOf } from './store-lives.ts';
import { instant, listed, subjectIn, text, textOrNull, until, type Row, type When } from './store-when.ts';
import { ACTIVITIES } from './touch-of.ts';

const MOST_TOUCHES = 200;
/** An agent reads no more of one activity than this; the whole stays in the table. */
const MOST_TEXT = 20_000;

/**
 * Touches of each place in a list of anchors (a subject and the people whose touches are its own), newest first,
 * each activity once and as its newest version that was known then. What an anchor was before is an anchor too.
 */
export async function listTouches(
  tx: TenantTx,
  anchors: readonly { i: number; subject: Subject }[],
  when: When,
): Promise<Map<number, Touch[]>> {
  if (anchors.length === 0) return new Map();
  const keys = anchors.map(({ i, subject: { crm, object, id } }) => ({ i, crm, object, record_id: id }));
  const rows = await rowsOf(
    tx.sql,
    sql`
    with recursive ${livesOf(
      sql`jsonb_to_recordset(${jsonRows(keys)}) as keys(i int, crm text, object text, record_id text)`,
      when,
    )}, activities as (
      select distinct a.i, a.crm, x.object, x.record_id
      from lives a
      cross join lateral (
        select r.object, r.record_id from relations r
        where r.crm = a.crm and r.to_object = a.object and r.to_id = a.record_id
          and r.object in (${listed(ACTIVITIES)}) and ${held(when)}
        union all
        select r.to_object, r.to_id from relations r
        where r.crm = a.crm and r.object = a.object and r.record_id = a.record_id
          and r.to_object in (${listed(ACTIVITIES)}) and ${held(when)}
      ) x
    ), ranked as (
      select s.i, t.*, row_number() over (partition by s.i order by t.at desc, t.object, t.record_id) as n
      from activities s
      cross join lateral (
        select t.crm, t.object, t.record_id, t.version, t.learnt_at, t.created_at, t.updated_at, t.channel,
          t.direction, t.at, t.title, left(t.body, ${MOST_TEXT}) as body, t.status, t.status_at, t.owner_id,
          t.thread_id, t.our_change, t.archived
        from touches t
        where t.crm = s.crm and t.object = s.object and t.record_id = s.record_id and ${versionWhen(when)}
        limit 1
      ) t
      where ${happened(when)}
    )
    select * from ranked where n <= ${MOST_TOUCHES} order by i, n`,
  );
  const grouped = Map.groupBy(rows, row => Number(row['i']));
  return new Map([...grouped.entries()].map(([i, group]) => [i, group.map(row => touchIn(row, when))]));
}

/** The newest version known then; by the CRM's own times, where there is none that old, the oldest we have. */
function versionWhen(when: When): SQL {
  if (when.view === 'as-learnt')
    return sql`${until(when, { 'as-learnt': 't.learnt_at', 'as-recorded': '' })}
      order by t.updated_at desc, t.learnt_at desc, t.version desc`;
  const then = sql`t.updated_at <= ${when.asOf}::timestamptz`;
  return sql`true order by ${then} desc, case when ${then} then t.updated_at end desc nulls last, t.updated_at,
    t.learnt_at desc, t.version desc`;
}

/**
 * What has happened was known; what was only planned (a task, a meeting ahead) was known once it was entered.
 * An activity that was logged late still counts from when it happened.
 */
function happened(when: When): SQL {
  const { asOf, view } = when;
  if (view === 'as-learnt') return sql`not t.archived`;
  const entered = sql`t.created_at <= ${asOf}::timestamptz`;
  return sql`not (t.archived and t.updated_at <= ${asOf}::timestamptz) and case t.channel
    when 'task' then ${entered}
    when 'meeting' then ${entered} or t.at <= ${asOf}::timestamptz
    else t.at <= ${asOf}::timestamptz end`;
}

function touchIn(row: Row, { asOf, view }: When): Touch {
  const at = instant(row['at']);
  const createdAt = instant(row['created_at']);
  const channel = Channel.parse(row['channel']);
  const recorded = view === 'as-recorded';
  const outcomeUnknown =
    recorded && (channel === 'task' || channel === 'meeting') && instant(row['status_at']) > asOf;
  return {
    ref: subjectIn(row),
    version: text(row['version']),
    channel,
    direction: Touch.shape.direction.parse(row['direction']),
    at,
    learntAt: recorded ? (createdAt <= asOf ? createdAt : at) : instant(row['learnt_at']),
    title: text(row['title']),
    body: text(row['body']),
    status: outcomeUnknown ? '' : text(row['status']),
    ownerId: textOrNull(row['owner_id']),
    threadId: textOrNull(row['thread_id']),
    ourChange: textOrNull(row['our_change']),
  };
}
