import { sql } from 'drizzle-orm';
import { Subject, type CrmObject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { keysFrom } from './store-keys.ts';
import { held, livedOn } from './store-lives.ts';
import { instant, listed, milliseconds, text, type When } from './store-when.ts';

/** A link by which one record names another, and since when. */
export interface DatedLink {
  from: Subject;
  to: Subject;
  kind: string;
  at: Instant;
  learntAt: Instant;
  version: string;
}

/** No record is read with more links than this. */
const MOST_LINKS = 200;

/** The links by which these records named records of some kinds then; that one lives on as another is none. */
export async function listLinks(
  tx: TenantTx,
  subjects: readonly Subject[],
  objects: readonly CrmObject[],
  when: When,
): Promise<DatedLink[]> {
  if (subjects.length === 0) return [];
  const rows = await rowsOf(
    tx.sql,
    sql`select keys.i, r.* from ${keysFrom(subjects)}
    cross join lateral (
      select r.to_object, r.to_id, r.kind, ${milliseconds('r.valid_at')} as at,
        ${milliseconds('r.learnt_at')} as learnt_at, r.version
      from relations r
      where r.crm = keys.crm and r.object = keys.object and r.record_id = keys.record_id
        and r.to_object in (${listed(objects)}) and ${held(when)} and not (${livedOn})
      order by r.to_object, r.to_id, r.kind limit ${MOST_LINKS}
    ) r order by keys.i, r.to_object, r.to_id, r.kind`,
  );
  return rows.flatMap(row => {
    const from = subjects[Number(row['i'])];
    if (!from) return [];
    const at = instant(row['at']);
    return [
      {
        from,
        to: Subject.parse({ crm: from.crm, object: row['to_object'], id: row['to_id'] }),
        kind: text(row['kind']),
        at,
        learntAt: when.view === 'as-recorded' ? at : instant(row['learnt_at']),
        version: text(row['version']),
      },
    ];
  });
}
