import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { keysFrom } from './store-keys.ts';
import { livedOn } from './store-lives.ts';
import { instant, milliseconds, text } from './store-when.ts';

/** What a version told that we learnt in a span of time, of a record. */
export interface ToldThen {
  subject: Subject;
  name: string;
  value: string | null;
  at: Instant;
  learntAt: Instant;
  version: string;
}

/** Learnt after `since` and by `until`. */
export interface Span {
  since: Instant;
  until: Instant;
}

const Told = z.array(z.tuple([z.string(), z.string().nullable(), z.number()]).rest(z.unknown()));

/** Values that these records told in a span of time, in the order in which we learnt them; of each record the newest sets. */
export async function listTold(
  tx: TenantTx,
  subjects: readonly Subject[],
  { since, until }: Span,
  mostSets: number,
): Promise<ToldThen[]> {
  if (subjects.length === 0) return [];
  const rows = await rowsOf(
    tx.sql,
    sql`select keys.i, f.* from ${keysFrom(subjects)}
    cross join lateral (
      select ${milliseconds('f.learnt_at')} as learnt_at, f.version, f.values as told from fact_sets f
      where f.crm = keys.crm and f.object = keys.object and f.record_id = keys.record_id
        and f.learnt_at > ${since}::timestamptz and f.learnt_at <= ${until}::timestamptz
      order by f.learnt_at desc, f.version desc limit ${mostSets}
    ) f order by f.learnt_at, f.version`,
  );
  return rows.flatMap(row => {
    const subject = subjects[Number(row['i'])];
    if (!subject) return [];
    return Told.parse(row['told']).map(([name, value, at]) => ({
      subject,
      name,
      value,
      at: toInstant(at),
      learntAt: instant(row['learnt_at']),
      version: text(row['version']),
    }));
  });
}

/** A link that began or ended in a span of time, as far as was known at its end. */
export interface LinkChange {
  from: Subject;
  to: Subject;
  kind: string;
  began: boolean;
  at: Instant;
  learntAt: Instant;
  version: string;
}

/** Links of these records to people, accounts and opportunities that we learnt of, or learnt the end of, in a span of time. */
export async function listLinkChanges(
  tx: TenantTx,
  subjects: readonly Subject[],
  { since, until }: Span,
  most: number,
): Promise<LinkChange[]> {
  if (subjects.length === 0) return [];
  const within = (column: string) =>
    sql`${sql.raw(column)} > ${since}::timestamptz and ${sql.raw(column)} <= ${until}::timestamptz`;
  const rows = await rowsOf(
    tx.sql,
    sql`select keys.i, r.* from ${keysFrom(subjects)}
    cross join lateral (
      select r.to_object, r.to_id, r.kind, ${milliseconds('r.valid_at')} as at, r.version,
        ${milliseconds('r.learnt_at')} as learnt_at, ${milliseconds('r.ended_at')} as ended_at,
        ${within('r.learnt_at')} as began, coalesce(${within('r.ended_at')}, false) as ended
      from relations r
      where r.crm = keys.crm and r.object = keys.object and r.record_id = keys.record_id
        and r.to_object in ('contacts', 'companies', 'deals') and not (${livedOn})
        and ((${within('r.learnt_at')}) or (${within('r.ended_at')}))
      order by r.learnt_at desc, r.to_object, r.to_id, r.kind limit ${most}
    ) r`,
  );
  return rows.flatMap(row => {
    const from = subjects[Number(row['i'])];
    if (!from) return [];
    const to = Subject.parse({ crm: from.crm, object: row['to_object'], id: row['to_id'] });
    const change = { from, to, kind: text(row['kind']), version: text(row['version']) };
    return [
      ...(row['began'] === true
        ? [{ ...change, began: true, at: instant(row['at']), learntAt: instant(row['learnt_at']) }]
        : []),
      ...(row['ended'] === true
        ? [{ ...change, began: false, at: instant(row['ended_at']), learntAt: instant(row['ended_at']) }]
        : []),
    ];
  });
}
