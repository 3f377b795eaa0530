import type { Db } from '#lib/platform/db.ts';
import { ownersOf } from '#lib/graph/read.ts';

/** The people of the CRM who own records, by id: whom the demo's rep can be. */
export const demoReps = async (db: Db, tenantId: string): Promise<{ ownerId: string; name: string }[]> => {
  const owners = await db.tenant(tenantId, ownersOf);
  return [...owners]
    .map(([ownerId, name]) => ({ ownerId, name }))
    .sort((a, b) => a.ownerId.localeCompare(b.ownerId));
};
