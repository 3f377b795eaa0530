import { pullLive } from './find-removed.ts';
import { moveOn, pollOf, type Search } from './search.ts';
import { liveIds } from './store-live.ts';

/** Records that one search reads again. A round over 100,000 takes 500 searches. */
const rereadAtOnce = 200;

/**
 * Reads some records again, the next ones at each search, where the CRM gives no new time to a record whose links
 * changed: a lost webhook about a link would otherwise stay lost.
 */
export async function findRelinked(search: Search): Promise<void> {
  const { db, reader, job, object } = search;
  if (!reader.linksLeaveNoTime?.(object)) return;
  const place = { after: pollOf(search).rereadTo ?? null, limit: rereadAtOnce };
  const { ids, last } = await db.tenant(job.tenantId, tx => liveIds(tx, { crm: reader.crm, object }, place));
  await pullLive(search, ids);
  if (last !== place.after) await moveOn(search, { poll: { ...pollOf(search), rereadTo: last } });
}
