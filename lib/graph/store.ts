import { and, eq, sql, type Column, type SQL } from 'drizzle-orm';
import { entities, factSets } from '#drizzle/schema/graph.ts';
import { Subject, subjectKey, type CrmObject, type SubjectKey } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { isOneOf } from './store-keys.ts';
import { listHeirs, livedOn } from './store-lives.ts';
import { NOW, text } from './store-when.ts';

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

/** HubSpot's leads are pieces of work, so their fields are nobody's. */
const ofPeople = (crm: Column | SQL, object: Column | SQL): SQL =>
  sql`(${object} = 'contacts' or (${object} = 'leads' and ${crm} <> 'hubspot'))`;

export async function listPeople(
  tx: TenantTx,
  { after, limit }: { after: Subject | null; limit: number },
): Promise<Subject[]> {
  const { crm, object, recordId } = entities;
  const rows = await tx.sql
    .select({ crm, object, id: recordId })
    .from(entities)
    .where(
      and(
        ofPeople(crm, object),
        eq(entities.archived, false),
        after
          ? sql`(${crm}, ${object}, ${recordId}) > (${after.crm}, ${after.object}, ${after.id})`
          : undefined,
        sql`not exists (
          select 1 from relations r join entities e
            on e.crm = r.crm and e.object = r.to_object and e.record_id = r.to_id
          where r.crm = ${crm} and r.object = ${object} and r.record_id = ${recordId} and ${livedOn}
            and r.ended_at is null)`,
      ),
    )
    .orderBy(crm, object, recordId)
    .limit(limit);
  return rows.map(row => Subject.parse(row));
}

/** Records of the account's properties of people, contacts' before leads'. */
export const listProperties = (tx: TenantTx) =>
  tx.sql
    .select({ id: entities.recordId, createdAt: entities.createdAt, fields: entities.fields })
    .from(entities)
    .where(
      and(
        eq(entities.object, 'properties'),
        eq(entities.archived, false),
        ofPeople(entities.crm, sql`${entities.fields} ->> 'object'`),
      ),
    )
    .orderBy(sql`${entities.fields} ->> 'object'`, entities.recordId);

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

/** Who owns each record, or the one as which it lives on; those that nobody owns are left out. */
export async function findOwners(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<Map<SubjectKey, string>> {
  if (subjects.length === 0) return new Map();
  const heirs = await listHeirs(tx, subjects, NOW);
  const livesAs = (subject: Subject) => heirs.get(subjectKey(subject)) ?? subject;
  const { crm, object, recordId, ownerId } = entities;
  const rows = await tx.sql
    .select({ crm, object, id: recordId, ownerId })
    .from(entities)
    .where(isOneOf(crm, object, recordId, subjects.map(livesAs)));
  const owners = new Map(rows.map(({ ownerId: owner, ...ref }) => [subjectKey(Subject.parse(ref)), owner]));
  return new Map(
    subjects.flatMap(subject => {
      const owner = owners.get(subjectKey(livesAs(subject)));
      return owner == null ? [] : [[subjectKey(subject), owner] as const];
    }),
  );
}

export const findOwner = async (tx: TenantTx, subject: Subject): Promise<string | null> =>
  (await findOwners(tx, [subject])).get(subjectKey(subject)) ?? null;

/** Of people's fields, by name. */
export async function countDistinctValues(tx: TenantTx): Promise<Map<string, number>> {
  const rows = await rowsOf(
    tx.sql,
    sql`select told.value ->> 0 as name, count(distinct told.value ->> 1)::int as values
      from ${factSets} cross join lateral json_array_elements(${factSets.values}) told
      where ${ofPeople(factSets.crm, factSets.object)} group by 1`,
  );
  return new Map(rows.map(row => [text(row['name']), Number(row['values'])]));
}
