import { sql } from 'drizzle-orm';
import type { Fact } from '#lib/core/fact.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { keysFrom } from './store-keys.ts';
import { factWhen, instant, subjectIn, text, textOrNull, type Row, type When } from './store-when.ts';

function factIn(row: Row, view: When['view']): Fact {
  const at = instant(row['valid_at']);
  const { crm, object, id } = subjectIn(row);
  return {
    name: text(row['name']),
    value: textOrNull(row['value']),
    at,
    // By the CRM's own times, what was recorded was known.
    learntAt: view === 'as-recorded' ? at : instant(row['learnt_at']),
    source: { crm, object, id, field: text(row['name']), version: text(row['version']) },
  };
}

/** The newest value of each field of each subject that was known then. */
export async function readNewest(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<Map<SubjectKey, Record<string, Fact>>> {
  const rows = await rowsOf(
    tx.sql,
    sql`
    select distinct on (f.crm, f.object, f.record_id, f.name)
      f.crm, f.object, f.record_id, f.name, f.value, f.valid_at, f.learnt_at, f.version
    from (select distinct crm, object, record_id from ${keysFrom(subjects)}) k
    join facts f on f.crm = k.crm and f.object = k.object and f.record_id = k.record_id
    where ${factWhen(when, 'f')}
    order by f.crm, f.object, f.record_id, f.name, f.valid_at desc, f.learnt_at desc`,
  );
  const newest = new Map<SubjectKey, Record<string, Fact>>();
  for (const row of rows) {
    const key = subjectKey(subjectIn(row));
    const fields = newest.get(key) ?? {};
    const fact = factIn(row, when.view);
    fields[fact.name] = fact;
    newest.set(key, fields);
  }
  return newest;
}

/** Every value that was known then, oldest first: of several that were learnt for one moment, the last. */
export async function readHistory(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<Map<SubjectKey, Fact[]>> {
  const rows = await rowsOf(
    tx.sql,
    sql`
    select * from (
      select distinct on (f.crm, f.object, f.record_id, f.name, f.valid_at)
        f.crm, f.object, f.record_id, f.name, f.value, f.valid_at, f.learnt_at, f.version
      from (select distinct crm, object, record_id from ${keysFrom(subjects)}) k
      join facts f on f.crm = k.crm and f.object = k.object and f.record_id = k.record_id
      where ${factWhen(when, 'f')}
      order by f.crm, f.object, f.record_id, f.name, f.valid_at, f.learnt_at desc
    ) one order by crm, object, record_id, valid_at, name`,
  );
  const grouped = Map.groupBy(rows, row => subjectKey(subjectIn(row)));
  return new Map(
    [...grouped.entries()].map(([key, group]) => [key, group.map(row => factIn(row, when.view))]),
  );
}
