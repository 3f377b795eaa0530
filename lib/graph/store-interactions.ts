import { sql } from 'drizzle-orm';
import { mostInteractions, type Interaction } from '#lib/core/fact.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { insertRows, rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { flatProperties } from './flat-properties.ts';
import { jsonRows } from './store-keys.ts';
import { livesOf } from './store-lives.ts';
import { milliseconds, subjectIn, text, until, type Row, type When } from './store-when.ts';

/** An event as it goes into the graph: its properties are as they were sent, maybe nested. */
export interface NewInteraction extends Omit<Interaction, 'properties' | 'learntAt'> {
  properties: Record<string, unknown>;
}

/** Adds events; one whose id is there already changes nothing. */
export const saveInteractions = (
  tx: TenantTx,
  interactions: readonly NewInteraction[],
  learntAt: Instant,
): Promise<void> =>
  insertRows(
    {
      columns: {
        id: 'text',
        crm: 'text',
        object: 'text',
        record_id: 'text',
        source: 'text',
        type: 'text',
        at: 'timestamptz',
      },
      json: ['properties'],
    },
    interactions.map(({ id, subject, source, type, at, properties }) => [
      { id, crm: subject.crm, object: subject.object, record_id: subject.id, source, type, at },
      properties,
    ]),
    rows =>
      tx.sql.execute(sql`
      insert into interactions (tenant_id, id, crm, object, record_id, source, type, at, learnt_at, properties)
      select ${tx.tenantId}, r.id, r.crm, r.object, r.record_id, r.source, r.type, r.at, ${learntAt}::timestamptz,
        r.properties::json
      from ${rows}
      on conflict do nothing`),
  );

/**
 * Interactions of each place in a list of anchors (a subject and those whose interactions are its own too), newest first.
 * What an anchor was before is an anchor too. `as-recorded`: by when they happened, which is then when they were learnt.
 */
export async function listInteractions(
  tx: TenantTx,
  anchors: readonly { i: number; subject: Subject }[],
  when: When,
): Promise<Map<number, Interaction[]>> {
  if (anchors.length === 0) return new Map();
  const keys = anchors.map(({ i, subject: { crm, object, id } }) => ({ i, crm, object, record_id: id }));
  const rows = await rowsOf(
    tx.sql,
    sql`
    with recursive ${livesOf(
      sql`jsonb_to_recordset(${jsonRows(keys)}) as keys(i int, crm text, object text, record_id text)`,
      when,
    )}, ranked as (
      select l.i, x.*, row_number() over (partition by l.i order by x.at desc, x.id) as n
      from lives l
      cross join lateral (
        select e.id, e.crm, e.object, e.record_id, e.source, e.type, e.at, e.properties::text as properties,
          ${milliseconds('e.at')} as at_ms, ${milliseconds('e.learnt_at')} as learnt_ms
        from interactions e
        where e.crm = l.crm and e.object = l.object and e.record_id = l.record_id
          and ${until(when, { 'as-learnt': 'e.learnt_at', 'as-recorded': 'e.at' })}
        order by e.at desc, e.id
        limit ${mostInteractions}
      ) x
    )
    select i, id, crm, object, record_id, source, type, properties, at_ms, learnt_ms
    from ranked where n <= ${mostInteractions} order by i, n`,
  );
  const read = reader(when);
  const grouped = Map.groupBy(rows, row => Number(row['i']));
  return new Map([...grouped].map(([i, group]) => [i, group.map(read)]));
}

/** Rows as interactions; they are many, and about few, so that a subject is read once. */
function reader({ view }: When): (row: Row) => Interaction {
  const subjects = new Map<string, Subject>();
  return row => {
    const place = `${String(row['crm'])}:${String(row['object'])}:${String(row['record_id'])}`;
    const subject = subjects.get(place) ?? subjectIn(row);
    subjects.set(place, subject);
    const at = toInstant(Number(row['at_ms']));
    return {
      id: text(row['id']),
      subject,
      source: row['source'] === 'marketing' ? 'marketing' : 'product',
      type: text(row['type']),
      at,
      learntAt: view === 'as-recorded' ? at : toInstant(Number(row['learnt_ms'])),
      properties: flatProperties(JSON.parse(text(row['properties']))),
    };
  };
}
