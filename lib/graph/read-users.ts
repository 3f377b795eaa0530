import { and, eq, or, sql, type SQL } from 'drizzle-orm';
import { entities } from '#drizzle/schema/graph.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** Somebody who works in the CRM. `ownerId`: as whom they own records. */
export interface CrmUser {
  userId: string;
  ownerId: string;
  name: string;
  email: string | null;
}

/** The CRM's people who may own records, without those who left. HubSpot tells owners and users apart; elsewhere they are one. */
export const crmUsers = (tx: TenantTx): Promise<CrmUser[]> => list(tx);

/**
 * A user of the CRM as it knows them now. Where it tells owners and users apart, an e-mail that one owner alone has stands
 * in for a user id that is not known. Null: the people, as far as they are read, do not have them.
 */
export async function crmUserOf(
  tx: TenantTx,
  { userId, email }: { userId: string; email: string | null },
): Promise<CrmUser | null> {
  const byId = or(eq(entities.recordId, userId), sql`${entities.fields} ->> 'userId' = ${userId}`);
  const same = (await list(tx, byId)).find(user => user.userId === userId);
  if (same || email === null) return same ?? null;
  const mail = email.toLowerCase();
  const [named, ...more] = await list(
    tx,
    and(eq(entities.crm, 'hubspot'), sql`lower(${entities.fields} ->> 'email') = ${mail}`),
  );
  return named && more.length === 0 ? named : null;
}

async function list(tx: TenantTx, which?: SQL): Promise<CrmUser[]> {
  const rows = await tx.sql
    .select({ crm: entities.crm, id: entities.recordId, name: entities.name, fields: entities.fields })
    .from(entities)
    .where(and(eq(entities.object, 'owners'), eq(entities.archived, false), which));
  return rows.flatMap(({ crm, id, name, fields }) => {
    const userId = crm === 'hubspot' ? (fields['userId'] ?? null) : id;
    return userId === null ? [] : [{ userId, ownerId: id, name, email: fields['email'] ?? null }];
  });
}
