import { sql, type SQL } from 'drizzle-orm';
import type { Fact } from '#lib/core/fact.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { keysFrom } from './store-keys.ts';
import { factWhen, milliseconds, type When } from './store-when.ts';

/** A row of `facts`; `i` is the place of its subject in the list that was asked for. */
interface FactRow {
  i: number;
  name: string;
  value: string | null;
  valid_at: number;
  learnt_at: number;
  version: string;
}

/** A subquery for each subject, so that the index is used whatever the planner knows of the table. */
const readRows = async (
  tx: TenantTx,
  subjects: readonly Subject[],
  rowsOfOne: (columns: SQL, from: SQL) => SQL,
): Promise<FactRow[]> => {
  if (subjects.length === 0) return [];
  const columns = sql`f.name, f.value, f.valid_at as at, ${milliseconds('f.valid_at')} as valid_at,
    ${milliseconds('f.learnt_at')} as learnt_at, f.version`;
  const from = sql`facts f where f.crm = keys.crm and f.object = keys.object and f.record_id = keys.record_id`;
  const rows = await rowsOf(
    tx.sql,
    sql`select keys.i, f.name, f.value, f.valid_at, f.learnt_at, f.version from ${keysFrom(subjects)}
      cross join lateral (${rowsOfOne(columns, from)}) f order by keys.i, f.at, f.name`,
  );
  return rows as unknown as FactRow[];
};

function factIn(row: FactRow, { crm, object, id }: Subject, view: When['view']): Fact {
  const at = toInstant(row.valid_at);
  return {
    name: row.name,
    value: row.value,
    at,
    // By the CRM's own times, what was recorded was known.
    learntAt: view === 'as-recorded' ? at : toInstant(row.learnt_at),
    source: { crm, object, id, field: row.name, version: row.version },
  };
}

/** The newest value of each field of each subject that was known then. */
export async function readNewest(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<Map<SubjectKey, Record<string, Fact>>> {
  const rows = await readRows(
    tx,
    subjects,
    (columns, from) => sql`select distinct on (f.name) ${columns} from ${from} and ${factWhen(when, 'f')}
      order by f.name, f.valid_at desc, f.learnt_at desc`,
  );
  const newest = new Map<SubjectKey, Record<string, Fact>>();
  for (const row of rows) {
    const subject = subjects[row.i];
    if (!subject) continue;
    const fields = newest.get(subjectKey(subject)) ?? {};
    fields[row.name] = factIn(row, subject, when.view);
    newest.set(subjectKey(subject), fields);
  }
  return newest;
}

/** Every value that was known then, oldest first: of several that were learnt for one moment, the last. */
export async function readHistory(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<Map<SubjectKey, Fact[]>> {
  const rows = await readRows(
    tx,
    subjects,
    (
      columns,
      from,
    ) => sql`select distinct on (f.name, f.valid_at) ${columns} from ${from} and ${factWhen(when, 'f')}
      order by f.name, f.valid_at, f.learnt_at desc`,
  );
  const grouped = Map.groupBy(rows, row => row.i);
  return new Map(
    subjects.map((subject, i) => [
      subjectKey(subject),
      (grouped.get(i) ?? []).map(row => factIn(row, subject, when.view)),
    ]),
  );
}
