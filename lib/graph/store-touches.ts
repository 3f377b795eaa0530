import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { Channel, mostTouches, Touch } from '#lib/core/fact.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { keysFrom } from './store-keys.ts';
import { held, kinOf } from './store-lives.ts';
import {
  instant,
  listed,
  milliseconds,
  subjectIn,
  text,
  textOrNull,
  until,
  type Row,
  type When,
} from './store-when.ts';
import { ACTIVITIES } from './touch-of.ts';

/** An agent reads no more of one activity than this; the whole stays in the table. */
const MOST_TEXT = 20_000;

/** Looked at beyond those that are shown, since some may turn out to be archived. */
const SPARE = 50;

/** Whose touches stand in a place, by the place's number. */
export interface Anchor {
  i: number;
  subject: Subject;
}

/** A touch, and on which anchors (by their place in the list) it stands. */
export interface Anchored {
  touch: Touch;
  anchors: number[];
}

/** How many touches of a place at most, how much text of each, and none from before a time. */
export interface HowMany {
  most: number;
  text: number;
  /** What the oldest of many are shown with: the newest `wholeTexts` have `text` characters, the others so many. */
  beyond?: { wholeTexts: number; text: number };
  since?: Instant;
}

/**
 * Touches of each place in a list of anchors (a subject and the people whose touches are its own), newest first,
 * each activity once and as its newest version that was known then. What an anchor was before is an anchor too, and so
 * are records that are the same person or account.
 */
export async function listTouches(
  tx: TenantTx,
  anchors: readonly Anchor[],
  when: When,
  howMany: HowMany = { most: mostTouches, text: MOST_TEXT },
): Promise<Map<number, Anchored[]>> {
  // By the CRM's own times an activity may have had another time then than any that its relations know.
  const spare = when.view === 'as-learnt' ? howMany.most + SPARE : null;
  const newest = await readTouches(tx, anchors, when, howMany, spare);
  const inexact = new Set([...newest].flatMap(([place, { exact }]) => (exact ? [] : [place])));
  const again = anchors.filter(({ i }) => inexact.has(i));
  const all = new Map([...newest, ...(await readTouches(tx, again, when, howMany, null))]);
  return new Map([...all].map(([place, { touches }]) => [place, touches]));
}

/**
 * `newest`: of each anchor only so many activities are looked at, by the latest time that any of their versions says.
 * `exact`: those that were left out are older than what is shown.
 */
async function readTouches(
  tx: TenantTx,
  anchors: readonly Anchor[],
  when: When,
  { most, text: length, beyond, since }: HowMany,
  newest: number | null,
): Promise<Map<number, { touches: Anchored[]; exact: boolean }>> {
  if (anchors.length === 0) return new Map();
  const places = `{${anchors.map(({ i }) => i).join(',')}}`;
  const recent = since === undefined ? sql`` : sql`and t.at >= ${since}::timestamptz`;
  const shown = beyond
    ? sql`case when n <= ${beyond.wholeTexts} then ${length}::int else ${beyond.text}::int end`
    : sql`${length}::int`;
  const rows = await rowsOf(
    tx.sql,
    sql`
    with recursive ${kinOf(keysFrom(anchors.map(({ subject }) => subject)), when)}, activities as (
      select (${places}::int[])[a.i + 1] as place, a.crm, x.object, x.record_id, array_agg(distinct a.i) as anchors,
        max(x.floor) as floor
      from lives a
      cross join lateral (
        select r.object, r.record_id, case when count(*) over () >= ${newest}::int then min(r.touch_at) over () end as floor
        from (
          select r.object, r.record_id, r.touch_at from relations r
          where r.crm = a.crm and r.to_object = a.object and r.to_id = a.record_id and r.touch_at is not null
            and r.object in (${listed(ACTIVITIES)}) and ${held(when)}
          order by r.touch_at desc limit ${newest}::int
        ) r
        union all
        select r.to_object, r.to_id, null from relations r
        where r.crm = a.crm and r.object = a.object and r.record_id = a.record_id
          and r.to_object in (${listed(ACTIVITIES)}) and ${held(when)}
      ) x
      group by 1, 2, 3, 4
    ), ranked as (
      select s.place, array_to_json(s.anchors)::text as anchors, t.*, shown.yes as shown,
        row_number() over (partition by s.place order by shown.yes desc, t.at desc, t.object, t.record_id) as n,
        ${milliseconds('max(s.floor) over (partition by s.place)')} as floor
      from activities s
      cross join lateral (
        select t.crm, t.object, t.record_id, t.version, t.learnt_at, t.created_at, t.updated_at, t.channel,
          t.direction, t.at, t.title, t.body, t.status, t.status_at, t.owner_id, t.thread_id, t.our_change, t.archived
        from touches t
        where t.crm = s.crm and t.object = s.object and t.record_id = s.record_id and ${versionWhen(when)}
        limit 1
      ) t
      cross join lateral (select (${happened(when)} ${recent}) is true as yes) shown
    )
    select place, anchors, crm, object, record_id, version, channel, direction, title, left(body, ${shown}) as body, status,
      owner_id, thread_id, our_change, shown, floor, ${milliseconds('at')} as at, ${milliseconds('learnt_at')} as learnt_at,
      ${milliseconds('created_at')} as created_at, ${milliseconds('status_at')} as status_at
    from ranked where n <= ${most} and (shown or n = 1) order by place, n`,
  );
  const oldest = since === undefined ? -Infinity : Date.parse(since);
  const grouped = Map.groupBy(rows, row => Number(row['place']));
  return new Map(
    [...grouped.entries()].map(([place, group]) => {
      const [first] = group;
      const floor = first?.['floor'] === null ? -Infinity : Number(first?.['floor']);
      const touches = group
        .filter(row => row['shown'] === true)
        .map(row => ({
          touch: touchIn(row, when),
          anchors: Anchors.parse(JSON.parse(text(row['anchors']))),
        }));
      const full = touches.length === most && Number(group.at(-1)?.['at']) > floor;
      return [place, { touches, exact: floor === -Infinity || floor < oldest || full }];
    }),
  );
}

const Anchors = z.array(z.int());

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
