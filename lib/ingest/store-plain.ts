import { sql } from 'drizzle-orm';
import type { CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { markOf, newDataKeys } from '#lib/platform/data-keys.ts';
import { insertRows, rowsOf, type TenantTx } from '#lib/platform/db.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { ownerOf } from './key-owner.ts';
import { sealVersion } from './sealing.ts';
import { liveKeys, makeKeys } from './store-keys.ts';

/** Versions from before there were data keys that are not sealed yet. */
export async function countPlain(tx: TenantTx): Promise<number> {
  const [row] = await rowsOf(
    tx.sql,
    sql`select count(*)::int as n from record_versions where tenant_id = ${tx.tenantId} and key_id is null`,
  );
  return Number(row?.['n'] ?? 0);
}

/** Seals up to `limit` versions that are not sealed yet, and says how many. Those that somebody else seals are left out. */
export async function sealPlain(
  tx: TenantTx,
  sealingKey: SealingKey,
  { now, limit }: { now: Instant; limit: number },
): Promise<number> {
  const rows = await rowsOf(
    tx.sql,
    sql`select ctid::text as place, version, hash, record, raw from record_versions
      where tenant_id = ${tx.tenantId} and key_id is null limit ${limit} for update skip locked`,
  );
  const owned = rows.map(row => {
    const record = row['record'] as CrmRecord;
    return { row, record: { ...record, version: String(row['version']) }, owner: ownerOf(record) };
  });
  const owners = owned.map(({ owner }) => owner);
  const keys = await liveKeys(tx, sealingKey, owners);
  const lacking = owners.filter(({ name }) => !keys.has(name));
  for (const [name, key] of await makeKeys(tx, sealingKey, lacking, now)) keys.set(name, key);
  await insertRows(
    { columns: { place: 'tid', hash: 'text', archived: 'boolean', key_id: 'text', sealed: 'text' } },
    owned.map(({ row, record, owner }) => {
      const key = keys.get(owner.name);
      if (!key) throw new Error(`no data key for ${owner.name}`);
      return [
        {
          place: String(row['place']),
          hash: markOf(key, String(row['hash'])),
          archived: record.archived,
          key_id: key.id,
          sealed: sealVersion(key, tx.tenantId, record, row['raw']).toString('base64'),
        },
      ];
    }),
    async from => {
      await tx.sql.execute(
        sql`update record_versions v
          set hash = r.hash, archived = r.archived, key_id = r.key_id, sealed = decode(r.sealed, 'base64'), record = null, raw = null
          from (select * from ${from}) r where v.ctid = r.place and v.tenant_id = ${tx.tenantId}`,
      );
    },
  );
  return rows.length;
}

/**
 * Empties versions of some people, and of what belongs to them, that nobody has sealed yet: as if they had been sealed
 * with a key that is destroyed. Says how many. It takes a pass over what is not sealed, which soon is nothing.
 */
export async function blankPlain(tx: TenantTx, people: readonly Subject[], at: Instant): Promise<number> {
  const subjects = JSON.stringify(people.map(({ crm, object, id }) => ({ crm, object, id })));
  const [lost] = newDataKeys(1);
  if (!lost || people.length === 0 || (await countPlain(tx)) === 0) return 0;
  await tx.sql.execute(
    sql`insert into data_keys (tenant_id, id, owner, made_at, destroyed_at)
      values (${tx.tenantId}, ${lost.id}, ${people.map(subjectKey).join(' ').slice(0, 500)}, ${at}::timestamptz, ${at}::timestamptz)`,
  );
  const rows = await rowsOf(
    tx.sql,
    sql`update record_versions v
      set hash = '', archived = true, key_id = ${lost.id}, sealed = ''::bytea, record = null, raw = null
      where v.tenant_id = ${tx.tenantId} and v.key_id is null and exists (
        select from jsonb_to_recordset(${subjects}::text::jsonb) as p(crm text, object text, id text)
        where (p.crm = v.crm and p.object = v.object and p.id = v.record_id) or (
          v.object not in ('companies', 'deals') and exists (
            select from json_array_elements(v.record -> 'links') link
            where link -> 'to' ->> 'crm' = p.crm and link -> 'to' ->> 'object' = p.object and link -> 'to' ->> 'id' = p.id)))
      returning v.version`,
  );
  return rows.length;
}
