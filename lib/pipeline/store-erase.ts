import type { Erased, Whom } from '#lib/core/erasure.ts';
import { patternOf } from '#lib/core/marks.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { redactRows } from '#lib/platform/store-redact.ts';

/** Takes a person out of deals that are called after them. */
export async function erase(tx: TenantTx, { marks }: Whom): Promise<Erased> {
  const pattern = patternOf(marks);
  const moved = { table: 'deal_changes', text: ['from_value', 'to_value'] };
  return {
    deals: await redactRows(tx, { table: 'deals', text: ['name'], json: ['problems'] }, pattern),
    deal_changes: await redactRows(tx, moved, pattern),
  };
}
