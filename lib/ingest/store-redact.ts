import { sql } from 'drizzle-orm';
import type { Hit, Mark } from '#lib/core/erasure.ts';
import { patternOf, redactIn } from '#lib/core/marks.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { openRows, type OpenedRow } from './store-open-rows.ts';
import { sealVersion } from './sealing.ts';
import { keysById } from './store-keys.ts';

const rowsAtOnce = 500;

type Open = OpenedRow & {
  keyId: string | null;
  place: string;
  opened: { state: 'open'; record: CrmRecord; raw: unknown };
};

/** All versions that can be opened, page by page: what is sealed can be looked through in no other way. */
async function* openVersions(tx: TenantTx, sealingKey: SealingKey): AsyncGenerator<Open[]> {
  const places = await rowsOf(
    tx.sql,
    sql`select ctid::text as place from record_versions where tenant_id = ${tx.tenantId} order by ctid`,
  );
  for (let from = 0; from < places.length; from += rowsAtOnce) {
    const page = places.slice(from, from + rowsAtOnce).map(row => String(row['place']));
    const rows = await rowsOf(
      tx.sql,
      sql`select ctid::text as place, crm, object, record_id as id, version, updated_at, archived, key_id, sealed,
          record, raw
        from record_versions where tenant_id = ${tx.tenantId}
          and ctid = any(array(select json_array_elements_text(${JSON.stringify(page)}::text::json)::tid))`,
    );
    const opened = await openRows(tx, sealingKey, rows);
    yield opened.flatMap((one, i) =>
      one.opened.state === 'open'
        ? [
            {
              ...one,
              opened: one.opened,
              keyId: keyIdOf(rows[i]),
              place: String(rows[i]?.['place']),
            },
          ]
        : [],
    );
  }
}

const keyIdOf = (row: Record<string, unknown> | undefined): string | null =>
  typeof row?.['key_id'] === 'string' ? row['key_id'] : null;

/**
 * Takes what a pattern matches out of all versions, sealed ones too, and seals them again. What the CRM sent of such a
 * version goes whole: it says the same in other words. Says how many versions changed.
 */
export async function redactVersions(
  tx: TenantTx,
  sealingKey: SealingKey,
  patternFor: (ref: Subject) => string | null,
): Promise<number> {
  let changed = 0;
  for await (const page of openVersions(tx, sealingKey)) {
    const found = page.flatMap(one => {
      const pattern = patternFor(one.ref);
      const { record, raw } = one.opened;
      if (pattern === null || !new RegExp(pattern, 'i').test(JSON.stringify([record, raw]))) return [];
      return [{ ...one, record: redactIn(record, pattern) as CrmRecord }];
    });
    const keys = await keysById(
      tx,
      sealingKey,
      found.flatMap(({ keyId }) => (keyId === null ? [] : [keyId])),
    );
    for (const { ref, version, record, keyId, place } of found) {
      const raw = { erased: true };
      const key = keyId === null ? null : (keys.get(keyId) ?? null);
      const stored =
        key === null
          ? sql`record = ${JSON.stringify(record)}::text::json, raw = ${JSON.stringify(raw)}::text::json`
          : sql`sealed = ${hex(sealVersion(key, tx.tenantId, { ...record, ref, version }, raw))}::text::bytea`;
      await tx.sql.execute(sql`update record_versions set ${stored} where ctid = ${place}::tid`);
      changed += 1;
    }
  }
  return changed;
}

/** Looks for marks in every version that can be opened. */
export async function searchVersions(
  tx: TenantTx,
  sealingKey: SealingKey,
  marks: readonly Mark[],
): Promise<{ rows: number; hits: Hit[] }> {
  const pattern = patternOf(marks);
  const expression = pattern === null ? null : new RegExp(pattern, 'i');
  let [rows, hits] = [0, 0];
  for await (const page of openVersions(tx, sealingKey)) {
    rows += page.length;
    if (expression)
      hits += page.filter(({ opened }) =>
        expression.test(JSON.stringify([opened.record, opened.raw])),
      ).length;
  }
  return { rows, hits: hits > 0 ? [{ table: 'record_versions', column: 'sealed', rows: hits }] : [] };
}

/** Bytes as both drivers take them. */
const hex = (bytes: Uint8Array): string => String.raw`\x${Buffer.from(bytes).toString('hex')}`;
