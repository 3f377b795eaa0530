import { sql } from 'drizzle-orm';
import { recordChanges } from '#drizzle/schema/features.ts';
import type { Facts } from '#lib/core/fact.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';

/** Stands for every record, where many were learnt at once. */
const ALL = '*';

/** Keys of the subject, of what it was before, and of the records around it that facts show values of. */
export function sourcesOf({ subject, history, account, deals, people }: Facts): SubjectKey[] {
  const around = [...(account ? [account] : []), ...deals, ...people].map(one => subjectKey(one.subject));
  return [...new Set([subjectKey(subject), ...history.map(({ source }) => subjectKey(source)), ...around])];
}

/** Notes that something was learnt of these records: what was derived from them is no longer fresh. */
export async function noteChanges(tx: TenantTx, subjects: readonly Subject[]): Promise<void> {
  await note(
    tx,
    subjects.map(one => subjectKey(one)),
  );
}

/** As `noteChanges`, of every record: after so many changes that to name them would cost more than to derive anew. */
export const noteManyChanges = (tx: TenantTx): Promise<void> => note(tx, [ALL]);

async function note(tx: TenantTx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  // In one order, so that two who note the same records do not wait for each other.
  const sorted = JSON.stringify([...new Set(keys)].sort());
  await tx.sql.execute(sql`
    insert into record_changes (tenant_id, key, changes)
    select ${tx.tenantId}, k.value, 1 from json_array_elements_text(${sorted}::text::json) k
    on conflict (tenant_id, key) do update set changes = record_changes.changes + 1`);
}

/**
 * How often what each row was derived from had changed, in the order of the rows. Call it in the transaction that read the
 * facts, which must see one state of the database (`Db.reading`).
 */
export async function countChanges(
  tx: TenantTx,
  rows: readonly { sources: readonly string[] }[],
): Promise<number[]> {
  if (rows.length === 0) return [];
  const keys = [...new Set([ALL, ...rows.flatMap(row => row.sources)])];
  const known = await rowsOf(
    tx.sql,
    sql`select c.key, c.changes::float8 as changes
      from json_array_elements_text(${JSON.stringify(keys)}::text::json) k
      join ${recordChanges} c on c.key = k.value`,
  );
  const changes = new Map(known.map(row => [row['key'] as string, Number(row['changes'])]));
  const all = changes.get(ALL) ?? 0;
  return rows.map(({ sources }) => sources.reduce((sum, key) => sum + (changes.get(key) ?? 0), all));
}
