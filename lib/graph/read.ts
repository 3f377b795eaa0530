import { and, asc, eq, ilike, inArray, or, sql } from 'drizzle-orm';
import { entities } from '#drizzle/schema/graph.ts';
import { erasedField } from '#lib/core/record.ts';
import { isPerson, Subject, subjectKey, type SubjectKey } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { isOneOf } from './store-keys.ts';
import { listNeighbours } from './store-neighbours.ts';
import { listEarlier, listHeirs } from './store-lives.ts';
import { NOW } from './store-when.ts';

export {
  accountGraph,
  buyingGroup,
  contradictions,
  neighbourhood,
  pathsBetween,
  whoKnowsWhom,
} from './read-graph.ts';
export { readAccount } from './read-account.ts';
export { changedSince } from './read-changes.ts';
export { flagsAbout } from './read-flags.ts';
export { duplicatesAmong, duplicatesOf, listIdentities } from './read-identities.ts';
export type {
  AccountGraph,
  Acquaintance,
  BuyingGroup,
  BuyingRole,
  Contradiction,
  FilledRole,
  GraphChange,
  HeldRole,
  Identity,
  IdentityReason,
  IdentityState,
  Neighbourhood,
  NodeDetail,
  Path,
  StreamItem,
} from './graph-shapes.ts';
export { crmUserOf, crmUsers, type CrmUser } from './read-users.ts';

/** What people call these records; those that are not known are left out. */
export async function namesOf(tx: TenantTx, subjects: readonly Subject[]): Promise<Map<SubjectKey, string>> {
  if (subjects.length === 0) return new Map();
  const rows = await tx.sql
    .select({ crm: entities.crm, object: entities.object, id: entities.recordId, name: entities.name })
    .from(entities)
    .where(isOneOf(entities.crm, entities.object, entities.recordId, subjects));
  return new Map(rows.map(({ name, ...ref }) => [subjectKey(Subject.parse(ref)), name]));
}

/** What people call a record; its id when nothing is known of it. */
export const nameOf = async (tx: TenantTx, subject: Subject): Promise<string> =>
  (await namesOf(tx, [subject])).get(subjectKey(subject)) ?? subject.id;

/** As whom these records live on, where that is another one. */
export const heirsOf = (tx: TenantTx, subjects: readonly Subject[]): Promise<Map<SubjectKey, Subject>> =>
  listHeirs(tx, subjects, NOW);

/** What a record was before, over all merges and conversions. */
export const earlierLivesOf = async (tx: TenantTx, subject: Subject): Promise<Subject[]> =>
  (await listEarlier(tx, [subject], NOW)).get(subjectKey(subject)) ?? [];

/**
 * Since when the CRM has no such record any more, and whether it was erased for good; null: the CRM has it, or nothing is
 * known of it.
 */
export async function goneSince(
  tx: TenantTx,
  { crm, object, id }: Subject,
): Promise<{ at: Instant; erased: boolean } | null> {
  const [row] = await tx.sql
    .select({ archived: entities.archived, at: entities.updatedAt, fields: entities.fields })
    .from(entities)
    .where(and(eq(entities.crm, crm), eq(entities.object, object), eq(entities.recordId, id)));
  return row?.archived ? { at: toInstant(row.at), erased: row.fields[erasedField] === 'true' } : null;
}

/** Names by id of every record of a kind, archived ones too: for kinds that are few, such as owners. */
async function namesById(tx: TenantTx, object: 'owners' | 'companies'): Promise<Map<string, string>> {
  const rows = await tx.sql
    .select({ id: entities.recordId, name: entities.name })
    .from(entities)
    .where(eq(entities.object, object));
  return new Map(rows.map(row => [row.id, row.name]));
}

/** The CRM's users, those who own records, by owner id. */
export const ownersOf = (tx: TenantTx): Promise<Map<string, string>> => namesById(tx, 'owners');

/** Companies by id. */
export const accountNames = (tx: TenantTx): Promise<Map<string, string>> => namesById(tx, 'companies');

/** Each record's company, where the CRM has a record of one; a company is its own. */
export async function accountsOf(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<Map<SubjectKey, { subject: Subject; name: string }>> {
  const own = subjects.filter(one => one.object === 'companies').map(one => ({ of: one, subject: one }));
  const companies = [...own, ...(await listNeighbours(tx, subjects, ['companies'], 1, NOW))];
  const names = await namesOf(
    tx,
    companies.map(one => one.subject),
  );
  return new Map(
    // A parent company is a neighbour too, and does not stand for its daughter.
    companies.toReversed().flatMap(({ of, subject }) => {
      const name = names.get(subjectKey(subject));
      return name === undefined ? [] : [[subjectKey(of), { subject, name }] as const];
    }),
  );
}

/** The name of each record's company, where it has one. */
export async function accountNamesOf(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<Map<SubjectKey, string>> {
  const known = await accountsOf(tx, subjects);
  return new Map([
    ...(await companiesWritten(tx, subjects)),
    ...[...known].map(([key, { name }]) => [key, name] as const),
  ]);
}

/** The company as a person's record names it: all there is of one until the CRM has a record of it. */
async function companiesWritten(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<(readonly [SubjectKey, string])[]> {
  const people = subjects.filter(isPerson);
  if (people.length === 0) return [];
  const rows = await tx.sql
    .select({
      crm: entities.crm,
      object: entities.object,
      id: entities.recordId,
      company: sql<string | null>`${entities.fields} ->> 'company'`,
    })
    .from(entities)
    .where(isOneOf(entities.crm, entities.object, entities.recordId, people));
  return rows.flatMap(({ company, ...ref }) =>
    company ? [[subjectKey(Subject.parse(ref)), company] as const] : [],
  );
}

/** Contacts, companies, deals and leads whose name or e-mail contains the words, by name. */
export async function searchSubjects(
  tx: TenantTx,
  words: string,
  limit: number,
): Promise<{ subject: Subject; name: string; email: string | null }[]> {
  const pattern = `%${words.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await tx.sql
    .select()
    .from(entities)
    .where(
      and(
        inArray(entities.object, ['contacts', 'companies', 'deals', 'leads']),
        eq(entities.archived, false),
        or(ilike(entities.name, pattern), ilike(entities.email, pattern)),
      ),
    )
    .orderBy(asc(entities.name), asc(entities.recordId))
    .limit(limit);
  return rows.map(({ crm, object, recordId, name, email }) => ({
    subject: Subject.parse({ crm, object, id: recordId }),
    name,
    email,
  }));
}
