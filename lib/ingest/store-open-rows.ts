import { sql } from 'drizzle-orm';
import type { CrmRecord } from '#lib/core/record.ts';
import { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { openVersion, type Opened } from './sealing.ts';
import { keysById } from './store-keys.ts';

/** Whether a version is one of an archived record, sealed or not. */
export const isArchived = sql`coalesce(archived, (record ->> 'archived') = 'true')`;

/** The columns from which `openRows` opens a version. */
export const openable = sql`crm, object, record_id as id, version, updated_at, ${isArchived} as archived, key_id, sealed, record, raw`;

export interface OpenedRow {
  ref: Subject;
  version: string;
  updatedAt: Instant;
  archived: boolean;
  opened: Opened;
}

/**
 * Opens rows of `record_versions` that were selected as `openable`. One that is not sealed yet is open. Throws AppError('unavailable') when the sealing key is not here.
 */
export async function openRows(
  tx: TenantTx,
  sealingKey: SealingKey,
  rows: readonly Record<string, unknown>[],
): Promise<OpenedRow[]> {
  const ids = rows.flatMap(row => (typeof row['key_id'] === 'string' ? [row['key_id']] : []));
  const keys = await keysById(tx, sealingKey, ids);
  return rows.map(row => {
    const ref = Subject.parse(row);
    const version = String(row['version']);
    const keyId = row['key_id'];
    const opened: Opened =
      typeof keyId === 'string'
        ? openVersion(keys.get(keyId) ?? null, tx.tenantId, {
            ref,
            version,
            sealed: row['sealed'] as Uint8Array,
          })
        : { state: 'open', record: row['record'] as CrmRecord, raw: row['raw'] };
    return {
      ref,
      version,
      updatedAt: new Date(row['updated_at'] as string | Date).toISOString(),
      archived: row['archived'] === true,
      opened,
    };
  });
}
