import { sql } from 'drizzle-orm';
import { becameKind } from '#lib/core/record.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';

/** Of the account's own set-up nothing lives or dies here. */
const followed = sql`('contacts', 'companies', 'deals', 'notes', 'tasks', 'emails', 'calls', 'meetings')`;

/**
 * The graph's state of every live record, as lines to compare: its fields, or what an activity says, and its relations
 * to other live records, of which one that was merged away is the one as which it lives on.
 */
export async function graphState(tx: TenantTx): Promise<string[]> {
  const records = await rowsOf(
    tx.sql,
    sql`
    with newest as (
      select distinct on (object, record_id) object, record_id, title, body, status, owner_id, archived
      from touches where tenant_id = ${tx.tenantId} order by object, record_id, updated_at desc, learnt_at desc
    )
    select concat(object, ' ', record_id) as id, fields::text as says from entities
    where tenant_id = ${tx.tenantId} and not archived and object in ${followed}
    union all
    select concat(object, ' ', record_id), concat_ws(' | ', title, body, status, owner_id) from newest where not archived`,
  );
  const ties = await rowsOf(
    tx.sql,
    sql`select concat(object, ' ', record_id) as id, concat(to_object, ' ', to_id) as other, kind from relations
      where tenant_id = ${tx.tenantId} and ended_at is null`,
  );
  const live = new Set(records.map(({ id }) => String(id)));
  const heirs = new Map(
    ties.filter(({ kind }) => kind === becameKind).map(({ id, other }) => [String(id), String(other)]),
  );
  const now = (id: string): string => {
    const heir = heirs.get(id);
    return heir === undefined ? id : now(heir);
  };
  const lines = ties
    .map(({ id, other, kind }) => ({ id: String(id), other: now(String(other)), kind: String(kind) }))
    .filter(({ id, other, kind }) => kind !== becameKind && live.has(id) && live.has(other))
    .map(({ id, other, kind }) => `${id} → ${other}, ${kind}`);
  return [...new Set([...records.map(({ id, says }) => `${String(id)}: ${String(says)}`), ...lines])].sort();
}
