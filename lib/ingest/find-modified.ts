import { toInstant } from '#lib/core/time.ts';
import { nowOf, pollOf, type Search } from './search.ts';
import { saveSync } from './store-sync.ts';
import { keepVersions } from './store-versions.ts';

/** A search index lags behind writes: each search looks this far back once more. */
const overlapMs = 5 * 60_000;

/**
 * Everything modified since the last search, page by page; a page and the place after it commit together. The next
 * search begins where this one began, since what changes meanwhile may be on a page that was read.
 */
export async function findModified(search: Search): Promise<void> {
  const { db, reader, job, object } = search;
  const since = toInstant(Date.parse(search.state.modifiedUpTo ?? '') - overlapMs);
  const { startedAt, after: first } = pollOf(search).pending ?? { startedAt: nowOf(search), after: null };
  for (let after = first, more = true; more;) {
    const page = await reader.modifiedSince(object, since, after);
    const learntAt = nowOf(search);
    const done = page.next === null;
    const next = {
      ...search.state,
      ...(done ? { modifiedUpTo: startedAt } : {}),
      lastAt: learntAt,
      problem: null,
      poll: { ...pollOf(search), pending: done ? null : { startedAt, after: page.next } },
    };
    const fresh = await db.tenant(job.tenantId, async tx => {
      const versions = await keepVersions(tx, { crm: reader.crm, object }, page.records, {
        learntAt,
        sealingKey: job.sealingKey,
      });
      if (versions.length > 0) await job.keep(tx, versions);
      await saveSync(tx, reader.crm, object, next);
      return versions;
    });
    search.found(fresh.length);
    search.state = next;
    after = page.next;
    more = !done;
  }
}
