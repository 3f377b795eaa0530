import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { makeId } from './ids.ts';
import { openSchema, type Schema } from './model/schema.ts';
import { createTables } from './store/schema.ts';
import { nextNumber } from './store/settings.ts';

/** What goes wrong on demand. `lockEvery` refuses each nth write; `lockNext` the next so
 * many; the next `gaps` changes make gap events instead of their own. */
export type OrgFaults = { lockEvery: number; lockNext: number; gaps: number; writes: number };

/** A Salesforce org: its objects, its records, and what is going on in it. */
export type Org = {
  store: Store;
  schema: Schema;
  faults: OrgFaults;
  /** The newest replay id given out, once it has been looked up. */
  lastReplay: number | undefined;
  /** What the running transaction's change events share. */
  transaction: { key: string; sequence: number; commitNumber: number; at: number } | undefined;
};

/** Who writes, and how: `origin` ends up in the change event. */
export type Actor = {
  userId: string;
  /** As change events show it: "com/salesforce/api/rest/66.0;client=ours". */
  origin: string;
  /** Saves although a duplicate rule objects. */
  allowDuplicates?: boolean;
};

/** The user that the access token "sandbox" belongs to. */
export const ADMIN_ID = makeId('005', 1);

export function openOrg(store: Store): Org {
  createTables(store);
  const faults = { lockEvery: 0, lockNext: 0, gaps: 0, writes: 0 };
  return { store, schema: openSchema(store), faults, lastReplay: undefined, transaction: undefined };
}

/** Now, to the second, as Salesforce keeps moments. */
export function nowOf(org: Org): string {
  return new Date(Math.floor(org.store.now() / 1000) * 1000).toISOString();
}

export function newId(org: Org, prefix: string): string {
  return makeId(prefix, nextNumber(org.store, 'record-number') + 1000);
}

/** Runs `work` in one transaction; what it changes shares a transaction key. Inner calls undo only themselves. */
export function inTransaction<T>(org: Org, work: () => T): T {
  const outer = org.transaction;
  return org.store.transact(() => {
    if (!outer) {
      const at = org.store.now();
      const commitNumber = 1_100_000_000_000 + nextNumber(org.store, 'commit-number') * 17;
      org.transaction = { key: crypto.randomUUID(), sequence: 0, commitNumber, at };
    }
    try {
      return work();
    } finally {
      org.transaction = outer;
    }
  });
}
