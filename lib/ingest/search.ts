import type { CrmObject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { CrmReader } from '#lib/crm/crm.ts';
import type { Db } from '#lib/platform/db.ts';
import type { Job } from './noting.ts';
import { saveSync, type PollState, type SyncState } from './store-sync.ts';

/** One object's search for what webhooks left out. `state` is where it stands, and moves with it. */
export interface Search {
  db: Db;
  reader: CrmReader;
  job: Job;
  object: CrmObject;
  state: SyncState;
  found(versions: number): void;
}

const minute = 60_000;

/** Objects that come whole each time, change rarely, and take a request for each team, user or contact. */
const everyMs: Partial<Record<CrmObject, number>> = {
  teams: 60 * minute,
  currencies: 60 * minute,
  campaigns: 60 * minute,
  memberships: 60 * minute,
  quotas: 60 * minute,
  forecasts: 60 * minute,
  automations: 60 * minute,
  enrolments: 15 * minute,
};

/** Whether the last search is long enough ago. */
export const isDue = ({ job, object, state }: Search): boolean =>
  state.poll?.pending != null ||
  job.clock().getTime() - Date.parse(state.modifiedUpTo ?? '') >= (everyMs[object] ?? 0);

export const pollOf = ({ state }: Search): PollState =>
  state.poll ?? { pending: null, removedUpTo: null, sweptTo: null };

export const nowOf = ({ job }: Search): Instant => toInstant(job.clock());

/** Moves the search on, and keeps where it is now. */
export async function moveOn(search: Search, change: Partial<SyncState>): Promise<void> {
  const { db, reader, job, object } = search;
  const next = { ...search.state, ...change, lastAt: nowOf(search), problem: null };
  await db.tenant(job.tenantId, tx => saveSync(tx, reader.crm, object, next));
  search.state = next;
}
