import { and, countDistinct, eq, sql } from 'drizzle-orm';
import { entities, facts } from '#drizzle/schema/graph.ts';
import { Subject, type CrmObject } from '#lib/core/subject.ts';
import type { TenantTx } from '#lib/platform/db.ts';

export async function listSubjects(
  tx: TenantTx,
  object: CrmObject,
  { after, limit }: { after: Subject | null; limit: number },
): Promise<Subject[]> {
  const rows = await tx.sql
    .select({ crm: entities.crm, object: entities.object, id: entities.recordId })
    .from(entities)
    .where(
      and(
        eq(entities.object, object),
        eq(entities.archived, false),
        after ? sql`(${entities.crm}, ${entities.recordId}) > (${after.crm}, ${after.id})` : undefined,
      ),
    )
    .orderBy(entities.crm, entities.recordId)
    .limit(limit);
  return rows.map(row => Subject.parse(row));
}

/** Records of the account's properties of one kind of object. */
export const listProperties = (tx: TenantTx, of: CrmObject) =>
  tx.sql
    .select({ id: entities.recordId, createdAt: entities.createdAt, fields: entities.fields })
    .from(entities)
    .where(
      and(
        eq(entities.object, 'properties'),
        eq(entities.archived, false),
        sql`${entities.fields} ->> 'object' = ${of}`,
      ),
    )
    .orderBy(entities.recordId);

/** The CRM's pipelines as they now are, archived ones left out. */
export async function listPipelines(
  tx: TenantTx,
): Promise<{ ref: Subject; fields: Record<string, string | null> }[]> {
  const rows = await tx.sql
    .select({ crm: entities.crm, object: entities.object, id: entities.recordId, fields: entities.fields })
    .from(entities)
    .where(and(eq(entities.object, 'pipelines'), eq(entities.archived, false)))
    .orderBy(entities.crm, entities.recordId);
  return rows.map(({ fields, ...ref }) => ({ ref: Subject.parse(ref), fields }));
}

export async function findOwner(tx: TenantTx, { crm, object, id }: Subject): Promise<string | null> {
  const [row] = await tx.sql
    .select({ ownerId: entities.ownerId })
    .from(entities)
    .where(and(eq(entities.crm, crm), eq(entities.object, object), eq(entities.recordId, id)));
  return row?.ownerId ?? null;
}

/** By name of the field. */
export async function countDistinctValues(tx: TenantTx, object: CrmObject): Promise<Map<string, number>> {
  const rows = await tx.sql
    .select({ name: facts.name, values: countDistinct(facts.value) })
    .from(facts)
    .where(eq(facts.object, object))
    .groupBy(facts.name);
  return new Map(rows.map(row => [row.name, row.values]));
}
