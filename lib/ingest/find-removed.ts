import type { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { pull } from './pull.ts';
import { moveOn, nowOf, pollOf, type Search } from './search.ts';
import { liveAmong, liveIds } from './store-live.ts';

/** A list of deletions is read whole, so not at every search. */
const everyMs = 60 * 60_000;
const overlapMs = 5 * 60_000;
/** Ids that one search looks for. A round over 100,000 records takes 50 searches. */
const sweptAtOnce = 2000;
const pulledAtOnce = 100;

/** Deleted and merged records that we still take for live ones are read again, which tells what became of them. */
export async function findRemoved(search: Search): Promise<void> {
  const { reader, object, state } = search;
  const { removedUpTo } = pollOf(search);
  const known = Date.parse(removedUpTo ?? state.modifiedUpTo ?? '');
  if (removedUpTo !== null && Date.parse(nowOf(search)) - known < everyMs) return;
  const startedAt = nowOf(search);
  // The first search covers the backfill too: what was deleted while it ran was read as live, or was not read at all.
  const since = removedUpTo === null ? toInstant(0) : toInstant(known - overlapMs);
  for (let after: string | null = null, more = true; more;) {
    const page = await reader.removedSince(object, since, after);
    await pullLive(search, page.ids);
    after = page.next;
    more = after !== null;
  }
  await moveOn(search, { poll: { ...pollOf(search), removedUpTo: startedAt } });
}

/**
 * Looks for records by id, the next ones at each search, since the CRM lists neither what it erased for good nor what
 * left an account's own lists.
 */
export async function sweep(search: Search): Promise<void> {
  const { db, reader, job, object } = search;
  const table = { crm: reader.crm, object };
  const place = { after: pollOf(search).sweptTo, limit: sweptAtOnce };
  const { ids, last } = await db.tenant(job.tenantId, tx => liveIds(tx, table, place));
  if (ids.length > 0) {
    const present = new Set(await presentAmong(search, ids));
    await pullLive(
      search,
      ids.filter(id => !present.has(id)),
    );
  }
  if (last !== place.after) await moveOn(search, { poll: { ...pollOf(search), sweptTo: last } });
}

async function presentAmong({ reader, object }: Search, ids: readonly string[]): Promise<string[]> {
  if (reader.present) return reader.present(object, ids);
  const { records } = await reader.read(object, ids);
  return records.filter(({ record }) => !record.archived).map(({ record }) => record.ref.id);
}

/** Reads those again that we take for live records. */
export async function pullLive(search: Search, ids: readonly string[]): Promise<void> {
  const { db, reader, job, object } = search;
  const live = await db.tenant(job.tenantId, tx => liveAmong(tx, { crm: reader.crm, object }, ids));
  for (let i = 0; i < live.length; i += pulledAtOnce) {
    const subjects: Subject[] = live.slice(i, i + pulledAtOnce).map(id => ({ crm: reader.crm, object, id }));
    const keep: typeof job.keep = async (tx, fresh) => {
      if (fresh.length > 0) await job.keep(tx, fresh);
    };
    search.found((await pull(db, reader, { ...job, keep, subjects })).length);
  }
}
