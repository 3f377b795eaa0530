import { plainAssociation } from '#lib/crm/sandbox/model/association-types.ts';
import type { SeedRecord, SeedSet } from '#lib/crm/sandbox/seed.ts';
import { linkRecords } from '#lib/crm/sandbox/store/associations.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { reserveRecordIds } from '#lib/crm/sandbox/store/settings.ts';
import { requireSeedType } from './require-seed-type.ts';
import { seedAccount } from './seed-account.ts';
import { seedExtras } from './seed-extras.ts';
import { seedRecord } from './seed-record.ts';
import { seedUsers } from './seed-users.ts';

function seedLinks(store: Store, records: SeedRecord[]): void {
  const planted = new Set(records.map(({ type, id }) => `${type} ${id}`));
  for (const { type, id, associations = [] } of records) {
    for (const to of associations) {
      const link = plainAssociation(requireSeedType(type), requireSeedType(to.type));
      if (!link) throw new Error(`Seed ${type} ${id}: cannot be associated with ${to.type}`);
      if (!planted.has(`${to.type} ${to.id}`)) {
        throw new Error(
          `Seed ${type} ${id}: is associated with ${to.type} ${to.id}, which is not in the seed`,
        );
      }
      linkRecords(
        store,
        { type: link.type.from, id: Number(id) },
        { type: link.type.to, id: Number(to.id) },
        link,
      );
    }
  }
}

/**
 * Plants a whole account in one transaction, without webhooks. Values are checked as the interface checks them;
 * the first fault throws an Error that names the record, and nothing is planted.
 */
export function seed(store: Store, set: SeedSet): void {
  const { owners, pipelines, properties, records } = set;
  store.transact(() => {
    seedAccount(store, { owners, pipelines, properties });
    for (const record of records) seedRecord(store, record);
    seedLinks(store, records);
    seedUsers(store, owners);
    seedExtras(store, set);
    reserveRecordIds(
      store,
      records.reduce((highest, { id }) => Math.max(highest, Number(id)), 0),
    );
  });
}
