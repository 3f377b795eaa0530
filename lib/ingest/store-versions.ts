import { sql, type SQL } from 'drizzle-orm';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { ReadRecord } from '#lib/crm/crm.ts';
import { markOf } from '#lib/platform/data-keys.ts';
import { insertRows, rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { contentHash } from '#lib/platform/hash.ts';
import { withoutSuppressed } from './store-suppressed.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { ownerOf } from './key-owner.ts';
import { openable, openRows } from './store-open-rows.ts';
import { erasedRecord, sealVersion } from './sealing.ts';
import { liveKeys, makeKeys, type KeysByOwner } from './store-keys.ts';

type Table = Pick<Subject, 'crm' | 'object'>;

/**
 * Stores what is new of some records of one object, sealed, and answers with it. A record whose content is that of its
 * newest stored version is not new, and one that is older than it was read before somebody else read it again.
 * Throws AppError('unavailable') when a data key cannot be unwrapped, because the sealing key is not here.
 */
export async function keepVersions(
  tx: TenantTx,
  table: Table,
  read: readonly ReadRecord[],
  { learntAt, sealingKey }: { learntAt: Instant; sealingKey: SealingKey },
): Promise<CrmRecord[]> {
  const storable = await withoutSuppressed(tx, read);
  const byId = new Map(storable.map(item => [item.record.ref.id, item]));
  const newest = await newestMarks(tx, table, [...byId.keys()]);
  const owned = [...byId.values()].map(item => ({ ...item, owner: ownerOf(item.record) }));
  const keys = await liveKeys(
    tx,
    sealingKey,
    owned.map(({ owner }) => owner),
  );
  const rows = owned.flatMap(({ record, raw, owner }) => {
    const hash = contentHash(record);
    const known = newest.get(record.ref.id);
    if (known && (isSame(known, hash, keys, owner.name) || record.updatedAt < known.updatedAt)) return [];
    // Links come and go without a new time: such a version may look like an earlier one, and gets a name of its own.
    const again = known?.updatedAt === record.updatedAt;
    const version = again ? `${record.version}@${Date.parse(learntAt).toString(36)}` : record.version;
    return [{ record: again ? { ...record, version } : record, raw, hash, owner }];
  });
  const lacking = rows.map(({ owner }) => owner).filter(({ name }) => !keys.has(name));
  for (const [name, key] of await makeKeys(tx, sealingKey, lacking, learntAt)) keys.set(name, key);
  const stored = new Set<string>();
  await insertRows(
    { columns: rowColumns },
    rows.map(({ record, raw, hash, owner }) => {
      const key = keys.get(owner.name);
      if (!key) throw new Error(`no data key for ${owner.name}`);
      return [
        {
          id: record.ref.id,
          version: record.version,
          hash: markOf(key, hash),
          updated_at: record.updatedAt,
          archived: record.archived,
          key_id: key.id,
          sealed: sealVersion(key, tx.tenantId, record, raw).toString('base64'),
        },
      ];
    }),
    async from => {
      const inserted = await rowsOf(
        tx.sql,
        sql`
        insert into record_versions (tenant_id, crm, object, record_id, version, hash, updated_at, learnt_at, archived, key_id, sealed)
        select ${tx.tenantId}, ${table.crm}, ${table.object}, r.id, r.version, r.hash, r.updated_at,
          ${learntAt}::timestamptz, r.archived, r.key_id, decode(r.sealed, 'base64')
        from ${from}
        on conflict do nothing returning record_id as id`,
      );
      for (const { id } of inserted) stored.add(String(id));
    },
  );
  return rows.map(row => row.record).filter(record => stored.has(record.ref.id));
}

const rowColumns = {
  id: 'text',
  version: 'text',
  hash: 'text',
  updated_at: 'timestamptz',
  archived: 'boolean',
  key_id: 'text',
  sealed: 'text',
};

interface Mark {
  hash: string;
  keyId: string | null;
  updatedAt: Instant;
}

function isSame(known: Mark, hash: string, keys: KeysByOwner, owner: string): boolean {
  if (known.keyId === null) return known.hash === hash;
  const key = keys.get(owner);
  return key?.id === known.keyId && markOf(key, hash) === known.hash;
}

/** The newest stored versions of some records, whole. Of one that was erased, that it was. */
export async function newestVersions(
  tx: TenantTx,
  table: Table,
  ids: readonly string[],
  sealingKey: SealingKey,
): Promise<CrmRecord[]> {
  if (ids.length === 0) return [];
  return recordsOf(tx, sealingKey, sql`${ofTable(table)} and ${among(ids)}`);
}

/** The newest versions that a condition on their records selects. */
export async function recordsOf(tx: TenantTx, sealingKey: SealingKey, only: SQL): Promise<CrmRecord[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`
    select distinct on (crm, object, record_id) ${openable}
    from record_versions where tenant_id = ${tx.tenantId} and ${only}
    order by crm, object, record_id, updated_at desc, learnt_at desc`,
  );
  return (await openRows(tx, sealingKey, rows)).map(({ ref, opened, ...kept }) =>
    opened.state === 'open' ? opened.record : erasedRecord(ref, kept),
  );
}

async function newestMarks(tx: TenantTx, table: Table, ids: readonly string[]): Promise<Map<string, Mark>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`
    select distinct on (record_id) record_id as id, hash, key_id, updated_at
    from record_versions where tenant_id = ${tx.tenantId} and ${ofTable(table)} and ${among(ids)}
    order by record_id, updated_at desc, learnt_at desc`,
  );
  return new Map(
    rows.map(row => [
      String(row['id']),
      {
        hash: String(row['hash']),
        keyId: typeof row['key_id'] === 'string' ? row['key_id'] : null,
        updatedAt: new Date(row['updated_at'] as string | Date).toISOString(),
      },
    ]),
  );
}

const ofTable = ({ crm, object }: Table): SQL => sql`crm = ${crm} and object = ${object}`;

/** One parameter whatever the number of ids, in which no line ends. */
const among = (ids: readonly string[]): SQL =>
  sql`record_id = any(string_to_array(${ids.join('\n')}, E'\\n'))`;
