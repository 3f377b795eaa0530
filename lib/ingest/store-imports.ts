import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { importKeys, importMappings, importRuns } from '#drizzle/schema/ingest.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';

export type ImportRun = Omit<typeof importRuns.$inferSelect, 'tenantId'>;
export type ImportKey = Omit<typeof importKeys.$inferSelect, 'tenantId'>;

/** The newest run of this file with this mapping that did not come to its end. */
export async function loadUnfinished(
  tx: TenantTx,
  { object, fileHash, mappingHash }: Pick<ImportRun, 'object' | 'fileHash' | 'mappingHash'>,
): Promise<ImportRun | null> {
  const [row] = await tx.sql
    .select()
    .from(importRuns)
    .where(
      and(
        eq(importRuns.tenantId, tx.tenantId),
        eq(importRuns.object, object),
        eq(importRuns.fileHash, fileHash),
        eq(importRuns.mappingHash, mappingHash),
        isNull(importRuns.finishedAt),
      ),
    )
    .orderBy(desc(importRuns.startedAt))
    .limit(1);
  return row ?? null;
}

export async function insertRun(tx: TenantTx, run: ImportRun): Promise<void> {
  await tx.sql.insert(importRuns).values({ tenantId: tx.tenantId, ...run });
}

/** Moves a run on; false when it is not where the caller left it, because somebody else moves it too. */
export async function moveRun(tx: TenantTx, run: ImportRun, next: Partial<ImportRun>): Promise<boolean> {
  const moved = await tx.sql
    .update(importRuns)
    .set(next)
    .where(
      and(
        eq(importRuns.tenantId, tx.tenantId),
        eq(importRuns.id, run.id),
        eq(importRuns.nextLine, run.nextLine),
        isNull(importRuns.finishedAt),
      ),
    )
    .returning({ id: importRuns.id });
  return moved.length > 0;
}

const jsonRows = (rows: readonly object[]) => sql`${JSON.stringify(rows)}::text::jsonb`;

/** Those of some names that are known. */
export async function loadKeys(
  tx: TenantTx,
  keys: readonly Pick<ImportKey, 'object' | 'by' | 'key'>[],
): Promise<ImportKey[]> {
  if (keys.length === 0) return [];
  const rows = await rowsOf(
    tx.sql,
    sql`select k.object, k.by, k.key, k.record_id, k.origin
      from jsonb_to_recordset(${jsonRows(keys)}) as r(object text, by text, key text)
      join import_keys k on k.tenant_id = ${tx.tenantId} and k.object = r.object and k.by = r.by and k.key = r.key`,
  );
  return rows.map(row => ({
    object: String(row['object']),
    by: String(row['by']),
    key: String(row['key']),
    recordId: String(row['record_id']),
    origin: row['origin'] as ImportKey['origin'],
  }));
}

export async function saveKeys(tx: TenantTx, keys: readonly ImportKey[]): Promise<void> {
  if (keys.length === 0) return;
  // In one order for everybody: two imports must not wait for each other.
  const inOrder = keys.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  await tx.sql.execute(sql`
    insert into import_keys (tenant_id, object, by, key, record_id, origin)
    select ${tx.tenantId}, r.* from jsonb_to_recordset(${jsonRows(inOrder)})
      as r(object text, by text, key text, "recordId" text, origin text)
    on conflict (tenant_id, object, by, key) do update set record_id = excluded.record_id, origin = excluded.origin`);
}

const orderOf = ({ object, by, key }: ImportKey): string => `${object}\n${by}\n${key}`;

export async function loadMapping(tx: TenantTx, object: string, mark: string): Promise<unknown> {
  const { tenantId, object: of, mark: by, mapping } = importMappings;
  const [row] = await tx.sql
    .select({ mapping })
    .from(importMappings)
    .where(and(eq(tenantId, tx.tenantId), eq(of, object), eq(by, mark)));
  return row?.mapping ?? null;
}

export async function saveMapping(
  tx: TenantTx,
  saved: { object: string; mark: string; mapping: unknown; fileName: string; savedAt: Instant },
): Promise<void> {
  const { mapping, fileName, savedAt } = saved;
  await tx.sql
    .insert(importMappings)
    .values({ tenantId: tx.tenantId, ...saved })
    .onConflictDoUpdate({
      target: [importMappings.tenantId, importMappings.object, importMappings.mark],
      set: { mapping, fileName, savedAt },
    });
}
